package org.maplebridge.signaling.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.order.OrderStep;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Everything of one incident on one line of time. Who sees the incident sees what was done with
/// it; orders and talk that hang on it keep their own rules, since each room has a ledger and an
/// ear of its own.
@RestController
public class IncidentTimeline {
    private static final int MOST = 5_000;

    /// @param kind an action's word, `opened`, `escalate`, `ring`, `order`, `orderStep`, `burst`,
    ///   or the journal's own, as `groupMade`
    public record Entry(
            Instant at,
            String kind,
            @Nullable String who,
            @Nullable String seat,
            @Nullable String text,
            Map<String, String> details) {}

    private final RecordStores record;
    private final IncidentDesk desk;
    private final Hearing hearing;
    private final Roster roster;

    public IncidentTimeline(
            RecordStores record, IncidentDesk desk, Hearing hearing, Roster roster) {
        this.record = record;
        this.desk = desk;
        this.hearing = hearing;
        this.roster = roster;
    }

    /// Oldest first; of too many, the newest.
    @GetMapping("/api/incidents/{id}/timeline")
    public List<Entry> timeline(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestParam(defaultValue = "500") int limit)
            throws RecordUnavailable {
        IncidentController.readsIncidents(person);
        int most = Access.limit(limit, MOST);
        var incident = IncidentController.id(id);
        if (desk.find(person, incident).isEmpty()) {
            throw ApiProblem.notVisible("incident");
        }
        var entries = new ArrayList<Entry>();
        for (JournalEntry entry : record.journal().latest(Subject.of(incident), most)) {
            entries.add(done(person, entry.happening()));
        }
        ordered(person, incident, most).forEach(entries::add);
        said(person, incident, most).forEach(entries::add);
        entries.sort(Comparator.comparing(Entry::at));
        return entries.subList(Math.max(0, entries.size() - most), entries.size());
    }

    private Entry done(Caller.Person person, Happening happening) {
        var details = new TreeMap<>(happening.detail());
        @Nullable String action = details.remove("action");
        boolean opened = happening.kind() == JournalKind.INCIDENT_OPENED;
        String kind =
                action != null
                        ? action.toLowerCase(Locale.ROOT)
                        : opened ? "opened" : Words.of(happening.kind());
        @Nullable String text = null;
        for (String field : List.of("reason", "note", "text", "result", "proof")) {
            text = text == null ? details.get(field) : text;
        }
        @Nullable UserId actor = happening.actor();
        return new Entry(
                happening.at(),
                kind,
                actor == null ? null : name(person, actor),
                seat(person, happening.seat()),
                text,
                details);
    }

    private Stream<Entry> ordered(Caller.Person person, IncidentId incident, int most)
            throws RecordUnavailable {
        return record.orders().about(incident, most).stream()
                .filter(order ->
                        roster.visibility()
                                .seesOrder(
                                        person.user(), order.placedBy().node(), order.assignees()))
                .flatMap(order -> Stream.concat(placed(person, order), steps(person, order)));
    }

    private Stream<Entry> placed(Caller.Person person, Order order) {
        return Stream.of(
                new Entry(
                        order.placedAt(),
                        "order",
                        name(person, order.placedBy().user()),
                        seat(person, order.placedBy().seat()),
                        order.text(),
                        Map.of(
                                "order",
                                order.id().value(),
                                "number",
                                Long.toString(order.number()),
                                "severity",
                                Words.of(order.severity()),
                                "units",
                                Integer.toString(order.assignments().size()))));
    }

    private Stream<Entry> steps(Caller.Person person, Order order) {
        return order.assignments().stream()
                .flatMap(share ->
                        share.history().stream()
                                .filter(step -> step.step() != OrderStep.PLACED)
                                .map(step ->
                                        new Entry(
                                                step.at(),
                                                "orderStep",
                                                roster.organisation()
                                                        .unit(share.unit())
                                                        .map(Unit::name)
                                                        .map(n -> n.in(person.user().locale()))
                                                        .orElse(share.unit().value()),
                                                null,
                                                step.reason(),
                                                Map.of(
                                                        "order",
                                                        order.id().value(),
                                                        "number",
                                                        Long.toString(order.number()),
                                                        "unit",
                                                        share.unit().value(),
                                                        "step",
                                                        Words.of(step.step())))));
    }

    private Stream<Entry> said(Caller.Person person, IncidentId incident, int most)
            throws RecordUnavailable {
        return record.bursts().about(incident, most).stream()
                .filter(Burst::isWords)
                .filter(burst -> hearing.mayHear(person, burst))
                .map(burst ->
                        new Entry(
                                burst.turn().startedAt(),
                                "burst",
                                name(person, burst.talker().user()),
                                null,
                                null,
                                details(burst)));
    }

    private static Map<String, String> details(Burst burst) {
        var details = new TreeMap<String, String>();
        details.put("burst", burst.id().value());
        details.put("call", burst.call().value());
        details.put("durationMs", Long.toString(burst.durationMillis()));
        details.put("audio", Boolean.toString(burst.audio() != null));
        @Nullable UnitId unit = burst.talker().unit();
        if (unit != null) {
            details.put("unit", unit.value());
        }
        return details;
    }

    private String name(Caller.Person person, UserId user) {
        return roster.organisation()
                .user(user)
                .map(User::name)
                .map(name -> name.in(person.user().locale()))
                .orElse(user.value());
    }

    private @Nullable String seat(Caller.Person person, @Nullable SeatId seat) {
        return seat == null
                ? null
                : roster.organisation()
                        .seat(seat)
                        .map(Seat::name)
                        .map(name -> name.in(person.user().locale()))
                        .orElse(seat.value());
    }
}
