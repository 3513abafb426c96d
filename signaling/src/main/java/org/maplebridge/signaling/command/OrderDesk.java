package org.maplebridge.signaling.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.group.Groups;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.trace.OrderPart;
import org.maplebridge.signaling.trace.Orders;

/// Where every order passes, written or spoken: whom a group's order is for, then the record, then
/// the news.
///
/// Thread: any.
public final class OrderDesk {
    private final OrderStore orders;
    private final OrderNewsDesk news;
    private final Roster roster;
    private final Groups groups;
    private final Orders traces;

    public OrderDesk(
            OrderStore orders, OrderNewsDesk news, Roster roster, Groups groups, Orders traces) {
        this.traces = traces;
        this.orders = orders;
        this.news = news;
        this.roster = roster;
        this.groups = groups;
    }

    /// Whoever of the group may be ordered from here; the sender needs no order to itself.
    ///
    /// @return nothing when there is no such group to be seen
    Optional<Set<UnitId>> members(User user, GroupId id) {
        Optional<TalkGroup> group = groups.seenBy(user, id.value());
        if (group.isEmpty()) {
            return Optional.empty();
        }
        var units = new LinkedHashSet<UnitId>();
        group.get().members().stream()
                .filter(unit -> !unit.equals(user.unit()))
                .filter(unit -> roster.visibility().mayOrder(user, unit))
                .sorted((a, b) -> a.value().compareTo(b.value()))
                .forEach(units::add);
        return Optional.of(units);
    }

    /// Told to everybody who may see it after the record has it. May be repeated.
    OrderStore.Placing place(Order order) throws RecordUnavailable {
        long began = traces.now();
        var placing = orders.place(order, happening(order));
        traces.done(OrderPart.RECORD, order.id(), began);
        if (placing instanceof OrderStore.Placing.Placed(var placed)) {
            news.publish("placed", placed.id());
        }
        return placing;
    }

    private static Happening happening(Order order) {
        return new Happening(
                order.placedAt(),
                JournalKind.ORDER_PLACED,
                order.placedBy().user(),
                order.placedBy().seat(),
                subjects(order),
                detail(order));
    }

    private static Map<String, String> detail(Order order) {
        var detail = new TreeMap<String, String>();
        detail.put("text", order.text());
        detail.put("severity", order.severity().name());
        @Nullable BurstId burst = order.burst();
        if (burst != null) {
            detail.put("burst", burst.value());
        }
        return detail;
    }

    private static List<Subject> subjects(Order order) {
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.of(order.id()));
        subjects.add(Subject.of(order.placedBy().node()));
        order.assignees().stream()
                .map(Subject::of)
                .limit(Happening.MAX_SUBJECTS - subjects.size())
                .forEach(subjects::add);
        return subjects;
    }
}
