package org.maplebridge.signaling.http.consultation;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.figures.Figures;
import org.maplebridge.dispatch.figures.Span;
import org.maplebridge.dispatch.figures.meeting.Agenda;
import org.maplebridge.dispatch.figures.meeting.Recurrence;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.WorkingCalendar;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.dispatch.store.IncidentQuery;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.FigureStore;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.mediation.consultation.Presets;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a meeting that comes again talks about: the figures of its town since the last one.
@RestController
public class AgendaController {
    private static final int MOST_OPEN = 500;

    /// @param from first day of what it is about
    /// @param to last day
    /// @param at when it was counted
    record View(
            String preset,
            String town,
            LocalDate from,
            LocalDate to,
            Instant at,
            List<ItemView> items) {}

    record ItemView(
            Agenda.Topic topic,
            long count,
            long part,
            @Nullable Double share,
            List<Agenda.Line> lines) {}

    private final Presets presets;
    private final RecordStores record;
    private final Roster roster;
    private final WorkingCalendar calendar;
    private final InstantSource clock;

    public AgendaController(
            Presets presets,
            RecordStores record,
            LoopWorkflow workflow,
            Roster roster,
            InstantSource clock) {
        this.presets = presets;
        this.record = record;
        this.calendar = workflow.loops().calendar();
        this.roster = roster;
        this.clock = clock;
    }

    /// Of today's meeting, on its day; else of the next one.
    @GetMapping("/api/consultations/agenda")
    View agenda(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam String preset,
            @RequestParam String town)
            throws RecordUnavailable {
        var found =
                presets.find(preset, town)
                        .filter(one -> Presets.mayCall(roster.organisation(), person, one))
                        .orElseThrow(() -> ApiProblem.notVisible("preset"));
        var every = presets.every(found).orElseThrow(() -> ApiProblem.notVisible("agenda"));
        var now = clock.instant();
        var span = every.about(day(every, now), calendar);
        var items = agenda(found, span, now).items().stream().map(AgendaController::view).toList();
        return new View(
                found.id(),
                found.town().value(),
                span.first(),
                span.after().minusDays(1),
                now,
                items);
    }

    private LocalDate day(Recurrence every, Instant now) {
        var today = now.atZone(calendar.zone()).toLocalDate();
        return every.isOn(today, calendar)
                ? today
                : every.next(now, calendar)
                        .map(next -> next.atZone(calendar.zone()).toLocalDate())
                        .orElse(today);
    }

    private Agenda agenda(Preset preset, Span span, Instant now) throws RecordUnavailable {
        Set<NodeId> rooms = within(preset.town());
        var of = new FigureStore.Of(rooms, seats(rooms));
        return Agenda.of(Figures.of(record.figures().count(span, now, of)), overdue(rooms, now));
    }

    private List<Agenda.Line> overdue(Set<NodeId> rooms, Instant now) throws RecordUnavailable {
        var open =
                new IncidentQuery(rooms, IncidentQuery.Ended.OPEN, Set.of(), "", null, MOST_OPEN);
        return record.incidents().list(open).stream()
                .map(Dossier.Line::incident)
                .filter(incident -> rooms.contains(incident.node()))
                .filter(incident -> incident.isOverdue(now))
                .map(AgendaController::line)
                .sorted(Comparator.comparing(line -> Objects.requireNonNull(line.due())))
                .toList();
    }

    private static Agenda.Line line(Incident incident) {
        return new Agenda.Line(
                incident.id().value(),
                incident.number() + " " + incident.title(),
                0,
                incident.standing().due());
    }

    private Set<NodeId> within(NodeId town) {
        return roster.organisation().nodes().stream()
                .map(OrgNode::id)
                .filter(node -> roster.organisation().isWithin(node, town))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Set<SeatId> seats(Set<NodeId> rooms) {
        return roster.organisation().parts().seats().stream()
                .filter(seat -> rooms.contains(seat.node()))
                .map(Seat::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static ItemView view(Agenda.Item item) {
        OptionalDouble share = item.share();
        return new ItemView(
                item.topic(),
                item.count(),
                item.part(),
                share.isPresent() ? share.getAsDouble() : null,
                item.lines());
    }
}
