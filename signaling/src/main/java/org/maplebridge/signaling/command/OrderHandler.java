package org.maplebridge.signaling.command;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.order.Assignment;
import org.maplebridge.dispatch.order.Author;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.order.OrderWorkflow;
import org.maplebridge.dispatch.order.Report;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentSight;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.trace.OrderPart;
import org.maplebridge.signaling.trace.Orders;

/// An order's road: permit, decide, append, publish. "ok" is said after the record has it.
public final class OrderHandler {
    /// Two consoles of one room may report at once; more often than this is a fault.
    private static final int ATTEMPTS = 10;

    private final OrderStore orders;
    private final OrderDesk desk;
    private final OrderNewsDesk news;
    private final IncidentStore incidents;
    private final IncidentSight sight;
    private final Roster roster;
    private final InstantSource clock;
    private final Orders traces;

    public OrderHandler(
            OrderStore orders,
            OrderDesk desk,
            OrderNewsDesk news,
            IncidentStore incidents,
            IncidentSight sight,
            Roster roster,
            InstantSource clock,
            Orders traces) {
        this.traces = traces;
        this.orders = orders;
        this.desk = desk;
        this.news = news;
        this.incidents = incidents;
        this.sight = sight;
        this.roster = roster;
        this.clock = clock;
    }

    /// @param receivedNanos when the frame came in
    Reply handle(Peer peer, OrderMessage message, long receivedNanos) throws RecordUnavailable {
        return switch (message) {
            case OrderPlace place when !Ids.isValid(place.order()) ->
                    malformed("order", "Not an id.");
            case OrderPlace place -> {
                var reply = place(peer, place, receivedNanos);
                if (reply instanceof Reply.Refused(var refusal)
                        && !refusal.code().equals(RefusalCode.ORDER_CONFLICT.wire())) {
                    traces.refused(new OrderId(place.order()), refusal.code(), receivedNanos);
                }
                yield reply;
            }
            case OrderReport report -> {
                var unit = peer.unit();
                if (unit.isEmpty() || !Ids.isValid(report.order())) {
                    yield Reply.notVisible("order");
                }
                var order = new OrderId(report.order());
                var reply = report(peer, order, unit.get(), report);
                traces.stepped(
                        order,
                        unit.get(),
                        Words.step(report.step()).code(),
                        reply instanceof Reply.Refused(var refusal) ? refusal.code() : Orders.OK,
                        receivedNanos);
                yield reply;
            }
        };
    }

    private Reply place(Peer peer, OrderPlace place, long receivedNanos) throws RecordUnavailable {
        if (place.text().isBlank()) {
            return malformed("text", "An order says something.");
        }
        var units = new LinkedHashSet<UnitId>();
        Optional<Reply> refused = addressees(peer, place, units);
        if (refused.isPresent()) {
            return refused.get();
        }
        if (units.isEmpty()) {
            return malformed("units", "Nobody is addressed.");
        }
        @Nullable String incident = place.incident();
        if (incident != null && !seesIncident(peer, incident)) {
            return Reply.notVisible("incident");
        }
        var order = order(peer, place, units);
        traces.done(OrderPart.CHECK, order.id(), receivedNanos);
        return append(
                incident == null ? order : order.about(new IncidentId(incident)), receivedNanos);
    }

    private boolean seesIncident(Peer peer, String id) throws RecordUnavailable {
        return Ids.isValid(id)
                && incidents
                        .line(new IncidentId(id))
                        .filter(line -> sight.sees(peer.person(), line))
                        .isPresent();
    }

    private Order order(Peer peer, OrderPlace place, Set<UnitId> units) {
        var user = peer.person().user();
        @Nullable String group = place.group();
        return Order.place(
                new OrderId(place.order()),
                place.text(),
                Words.severity(place.severity()),
                new Author(user.id(), user.node(), user.seat()),
                clock.instant(),
                group == null ? null : new GroupId(group),
                units);
    }

    private Reply append(Order order, long receivedNanos) throws RecordUnavailable {
        return switch (desk.place(order)) {
            case OrderStore.Placing.Placed _ -> {
                traces.placed(order.id(), false, receivedNanos);
                yield Reply.DONE;
            }
            case OrderStore.Placing.Repeated _ -> {
                traces.repeated(order.id(), Orders.OK, receivedNanos);
                yield Reply.DONE;
            }
            case OrderStore.Placing.Conflict() -> {
                traces.repeated(order.id(), RefusalCode.ORDER_CONFLICT.wire(), receivedNanos);
                yield Reply.refuse(RefusalCode.ORDER_CONFLICT, "This id is another order's.");
            }
        };
    }

    /// @param units filled with whom the order is for
    private Optional<Reply> addressees(Peer peer, OrderPlace place, Set<UnitId> units) {
        var visibility = roster.visibility();
        var user = peer.person().user();
        for (var id : place.units()) {
            if (!Ids.isValid(id) || !visibility.seesUnit(user, new UnitId(id), Aspect.UNITS)) {
                return Optional.of(Reply.notVisible("unit"));
            }
            if (!visibility.mayOrder(user, new UnitId(id))) {
                return Optional.of(
                        Reply.refuse(RefusalCode.NOT_ALLOWED, "Not a unit to be ordered by you."));
            }
            units.add(new UnitId(id));
        }
        @Nullable String group = place.group();
        return group == null ? Optional.empty() : members(peer, group, units);
    }

    private Optional<Reply> members(Peer peer, String id, Set<UnitId> units) {
        Optional<Set<UnitId>> members =
                Ids.isValid(id)
                        ? desk.members(peer.person().user(), new GroupId(id))
                        : Optional.empty();
        members.ifPresent(units::addAll);
        return members.isPresent() ? Optional.empty() : Optional.of(Reply.notVisible("group"));
    }

    private Reply report(Peer peer, OrderId order, UnitId unit, OrderReport report)
            throws RecordUnavailable {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Assignment> assignment = orders.find(order, unit);
            if (assignment.isEmpty()) {
                return Reply.notVisible("order");
            }
            Optional<Reply> reply = step(peer, order, assignment.get(), report);
            if (reply.isPresent()) {
                return reply.get();
            }
        }
        return Reply.refuse(RefusalCode.INTERNAL, "Too many others report at once.");
    }

    /// @return nothing when somebody else stored first: read and step again
    private Optional<Reply> step(
            Peer peer, OrderId order, Assignment assignment, OrderReport report)
            throws RecordUnavailable {
        var said = new Report(Words.step(report.step()), report.at(), report.reason());
        var step = OrderWorkflow.step(assignment, said, clock.instant());
        return switch (step.outcome()) {
            case ADVANCED, JUMPED, LATE ->
                    save(order, step.next(), happening(peer, order, said))
                            ? Optional.of(reported(order))
                            : Optional.empty();
            case REPEATED -> Optional.of(Reply.DONE);
            case REASON_MISSING ->
                    Optional.of(Reply.refuse(RefusalCode.REASON_REQUIRED, "A refusal says why."));
            case NOT_ALLOWED ->
                    Optional.of(
                            new Reply.Refused(
                                    new Refusal(
                                            RefusalCode.STEP_NOT_ALLOWED.wire(),
                                            "This cannot follow on what stands.",
                                            Map.of("state", assignment.step().code()))));
        };
    }

    private boolean save(OrderId order, Assignment next, Happening happening)
            throws RecordUnavailable {
        long began = traces.now();
        boolean saved = orders.save(order, next, happening);
        traces.done(OrderPart.STEP_RECORD, order, began);
        return saved;
    }

    private Reply reported(OrderId order) {
        news.publish("step", order);
        return Reply.DONE;
    }

    private Happening happening(Peer peer, OrderId order, Report report) {
        var user = peer.person().user();
        var subjects = new ArrayList<>(List.of(Subject.of(order)));
        peer.unit().map(Subject::of).ifPresent(subjects::add);
        @Nullable String reason = report.reason();
        return new Happening(
                clock.instant(),
                JournalKind.ORDER_STEP,
                user.id(),
                user.seat(),
                subjects,
                reason == null
                        ? Map.of("step", report.step().code())
                        : Map.of("step", report.step().code(), "reason", reason));
    }

    private static Reply malformed(String field, String detail) {
        return new Reply.Refused(Refusal.field(RefusalCode.MALFORMED, field, detail));
    }
}
