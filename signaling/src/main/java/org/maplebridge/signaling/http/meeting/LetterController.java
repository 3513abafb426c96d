package org.maplebridge.signaling.http.meeting;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.TimeLimit;
import org.maplebridge.dispatch.incident.letter.LetterTemplate;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.IncidentController;
import org.maplebridge.signaling.intake.Ownership;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Letters about an incident, filled: plain texts, which the page lays out and prints. That one was
/// printed or handed over is an action on the incident.
@RestController
public class LetterController {
    private static final String CHINESE = "zh-CN";
    private static final ZoneId COUNTY = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy年M月d日HH时mm分", Locale.CHINA).withZone(COUNTY);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.CHINA).withZone(COUNTY);

    record TemplateView(String id, String name, boolean slip, int replyDays) {}

    /// @param serial the incident's number and which of its letters it would be
    /// @param due when an answer has to be there
    record LetterText(
            String template,
            String name,
            boolean slip,
            String serial,
            String heading,
            List<String> paragraphs,
            List<LetterTemplate.Row> rows,
            String from,
            String to,
            String date,
            Instant due) {}

    private final List<LetterTemplate> templates;
    private final LoopWorkflow workflow;
    private final IncidentDesk desk;
    private final Ownership ownership;
    private final Roster roster;
    private final InstantSource clock;

    public LetterController(
            List<LetterTemplate> templates,
            LoopWorkflow workflow,
            IncidentDesk desk,
            Ownership ownership,
            Roster roster,
            InstantSource clock) {
        this.templates = List.copyOf(templates);
        this.workflow = workflow;
        this.desk = desk;
        this.ownership = ownership;
        this.roster = roster;
        this.clock = clock;
    }

    @GetMapping("/api/letters")
    List<TemplateView> letters() {
        return templates.stream()
                .map(one -> new TemplateView(one.id(), one.name(), one.slip(), one.replyDays()))
                .toList();
    }

    /// @param node the room that it is written to; absent for the one that is responsible
    @GetMapping("/api/incidents/{id}/letters/{template}")
    LetterText letter(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @PathVariable String template,
            @RequestParam(required = false) @Nullable String node)
            throws RecordUnavailable {
        IncidentController.readsIncidents(person);
        var dossier =
                desk.find(person, IncidentController.id(id))
                        .orElseThrow(() -> ApiProblem.notVisible("incident"));
        var letter =
                templates.stream()
                        .filter(one -> one.id().equals(template))
                        .findFirst()
                        .orElseThrow(() -> ApiProblem.notVisible("letter"));
        NodeId to = addressee(dossier, node);
        Instant now = clock.instant();
        Instant due = workflow.loops().calendar().after(now, new TimeLimit(0, letter.replyDays()));
        var values = values(person, dossier, to, now, due);
        var text = letter.filled(values);
        return new LetterText(
                letter.id(),
                letter.name(),
                letter.slip(),
                dossier.incident().number() + "-" + (dossier.ledger().letters().size() + 1),
                text.heading(),
                text.paragraphs().stream().filter(line -> !line.isBlank()).toList(),
                text.rows(),
                values.getOrDefault("from", ""),
                values.getOrDefault("to", ""),
                DAY.format(now),
                due);
    }

    /// Letters go to rooms that have a share.
    private static NodeId addressee(Dossier dossier, @Nullable String node) {
        if (node == null) {
            return dossier.incident().node();
        }
        return Optional.of(node)
                .filter(Ids::isValid)
                .map(NodeId::new)
                .filter(id -> dossier.ledger().room(id).isPresent())
                .orElseThrow(() -> ApiProblem.notVisible("node"));
    }

    private Map<String, String> values(
            Caller.Person person, Dossier dossier, NodeId to, Instant now, Instant due)
            throws RecordUnavailable {
        var incident = dossier.incident();
        var names = new MeetingViews(roster.organisation(), CHINESE);
        @Nullable String kind = incident.origin().kind();
        var said = incident.title() + "\n" + incident.origin().text();
        var item =
                ownership.suggest(said, kind == null ? "" : kind, 1).stream()
                        .findFirst()
                        .map(line -> "第 " + line.item() + " 项“" + line.text() + "”")
                        .orElse("");
        return Map.ofEntries(
                Map.entry("number", incident.number()),
                Map.entry("title", incident.title()),
                Map.entry("place", incident.place()),
                Map.entry("text", incident.origin().text()),
                Map.entry("severity", severity(incident.severity())),
                Map.entry("openedAt", MOMENT.format(incident.openedAt())),
                Map.entry("step", workflow.step(incident).name().in(CHINESE)),
                Map.entry("from", names.named(person.user().node()).name()),
                Map.entry("to", names.named(to).name()),
                Map.entry("due", MOMENT.format(due)),
                Map.entry("date", DAY.format(now)),
                Map.entry("by", person.user().name().in(CHINESE)),
                Map.entry("item", item));
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case RED -> "红色";
            case ORANGE -> "橙色";
            case YELLOW -> "黄色";
        };
    }
}
