package org.maplebridge.signaling.http;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Offers;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.IncidentQuery;
import org.maplebridge.dispatch.store.IncidentQuery.Ended;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentSight;
import org.maplebridge.signaling.intake.Ownership;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Incidents as the record has them: the list, and everything of one.
@RestController
public class IncidentController {
    private static final int MOST = 500;
    private static final int MOST_PARTS = 100;
    private static final int MAX_SEARCH_CHARS = 100;

    private final RecordStores record;
    private final LoopWorkflow workflow;
    private final IncidentDesk desk;
    private final IncidentSight sight;
    private final Ownership ownership;
    private final Roster roster;
    private final InstantSource clock;

    public IncidentController(
            RecordStores record,
            LoopWorkflow workflow,
            IncidentDesk desk,
            IncidentSight sight,
            Ownership ownership,
            Roster roster,
            InstantSource clock) {
        this.record = record;
        this.workflow = workflow;
        this.desk = desk;
        this.sight = sight;
        this.ownership = ownership;
        this.roster = roster;
        this.clock = clock;
    }

    /// Newest first.
    ///
    /// @param before id of the last one that the reader has
    @GetMapping("/api/incidents")
    List<IncidentViews.Line> incidents(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(defaultValue = "all") String state,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String severity,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String before)
            throws RecordUnavailable {
        readsIncidents(person);
        var query =
                new IncidentQuery(
                        sight.rooms(person.user()),
                        ended(state),
                        severities(severity),
                        search(q),
                        before == null ? null : id(before),
                        Access.limit(limit, MOST));
        var views = views(person);
        return record.incidents().list(query).stream().map(views::line).toList();
    }

    @GetMapping("/api/incidents/{id}")
    IncidentViews.Details incident(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        readsIncidents(person);
        var dossier =
                desk.find(person, id(id)).orElseThrow(() -> ApiProblem.notVisible("incident"));
        return details(person, dossier);
    }

    /// As this seat sees it, whichever way it came here.
    IncidentViews.Details details(Caller.Person person, Dossier dossier) throws RecordUnavailable {
        var incident = dossier.incident();
        var offers = Offers.of(workflow, dossier, sight.actor(person), clock.instant());
        boolean callsBack =
                person.may(Permission.COMMAND) && person.user().node().equals(incident.node());
        return views(person).details(dossier, beside(incident), offers, callsBack);
    }

    private IncidentViews.Beside beside(Incident incident) throws RecordUnavailable {
        var origin = incident.origin();
        @Nullable String kind = origin.kind();
        var said = incident.title() + "\n" + origin.text();
        return new IncidentViews.Beside(
                record.incidents().mergedInto(incident.id(), MOST_PARTS),
                record.reports().about(incident.id(), MOST_PARTS),
                record.showings().openFor(incident.id()),
                ownership.suggest(said, kind == null ? "" : kind, 1).stream().findFirst());
    }

    public static void readsIncidents(Caller.Person person) {
        if (!IncidentSight.reads(person)) {
            throw ApiProblem.notAllowed(Permission.COMMAND.code());
        }
    }

    public static IncidentId id(String id) {
        if (!Ids.isValid(id)) {
            throw ApiProblem.notVisible("incident");
        }
        return new IncidentId(id);
    }

    IncidentViews views(Caller.Person person) {
        return new IncidentViews(
                workflow, roster.organisation(), person.user().locale(), clock.instant());
    }

    private static Ended ended(String word) {
        return switch (word) {
            case "open" -> Ended.OPEN;
            case "closed" -> Ended.CLOSED;
            case "all" -> Ended.ALL;
            default -> throw ApiProblem.malformed("state", "is open, closed or all");
        };
    }

    private static Set<Severity> severities(String words) {
        var severities = EnumSet.noneOf(Severity.class);
        Arrays.stream(words.split(",", -1))
                .filter(word -> !word.isEmpty())
                .forEach(word -> severities.add(severity(word)));
        return severities;
    }

    static Severity severity(String word) {
        return Arrays.stream(Severity.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        ApiProblem.malformed("severity", "is made of red, orange and yellow"));
    }

    private static String search(String q) {
        var text = q.strip();
        if (!text.isEmpty() && !PlainText.isValid(text, MAX_SEARCH_CHARS)) {
            throw ApiProblem.malformed("q", "is too long or not plain");
        }
        return text;
    }
}
