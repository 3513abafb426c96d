package org.maplebridge.dispatch.order;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;

/// An instruction to one or more units, as it was placed, and how far each unit is with it.
///
/// @param number counts the orders of the county; 0 until the record has given one
/// @param group the talk group the order was addressed to, if it was one; its members at that
///   moment are the assignees
/// @param incident what it is for
/// @param to where that is; absent until the record was asked
/// @param burst what was spoken, if the order was
public record Order(
        OrderId id,
        long number,
        String text,
        Severity severity,
        Author placedBy,
        Instant placedAt,
        @Nullable GroupId group,
        @Nullable IncidentId incident,
        @Nullable Destination to,
        @Nullable BurstId burst,
        List<Assignment> assignments) {
    public static final int MAX_TEXT_CHARS = 2_000;

    /// A whole county with every terminal it has.
    public static final int MAX_ASSIGNEES = 2_000;

    public Order {
        assignments = List.copyOf(assignments);
        PlainText.require(text, MAX_TEXT_CHARS);
        if (assignments.isEmpty() || assignments.size() > MAX_ASSIGNEES) {
            throw new IllegalArgumentException(assignments.size() + " assignees");
        }
    }

    /// An order that nobody has been told of yet.
    public static Order place(
            OrderId id,
            String text,
            Severity severity,
            Author by,
            Instant at,
            @Nullable GroupId group,
            Collection<UnitId> units) {
        var assignments = units.stream().distinct().map(u -> Assignment.placed(u, at)).toList();
        return new Order(id, 0, text, severity, by, at, group, null, null, null, assignments);
    }

    public Order numbered(long given) {
        return new Order(
                id,
                given,
                text,
                severity,
                placedBy,
                placedAt,
                group,
                incident,
                to,
                burst,
                assignments);
    }

    public Order about(IncidentId about) {
        return new Order(
                id,
                number,
                text,
                severity,
                placedBy,
                placedAt,
                group,
                about,
                null,
                burst,
                assignments);
    }

    public Order spoken(BurstId said) {
        return new Order(
                id,
                number,
                text,
                severity,
                placedBy,
                placedAt,
                group,
                incident,
                to,
                said,
                assignments);
    }

    /// The same order with this unit's share replaced.
    public Order with(Assignment changed) {
        var next =
                assignments.stream()
                        .map(a -> a.unit().equals(changed.unit()) ? changed : a)
                        .toList();
        return new Order(
                id, number, text, severity, placedBy, placedAt, group, incident, to, burst, next);
    }

    public Optional<Assignment> assignment(UnitId unit) {
        return assignments.stream().filter(a -> a.unit().equals(unit)).findFirst();
    }

    public Set<UnitId> assignees() {
        return assignments.stream().map(Assignment::unit).collect(Collectors.toUnmodifiableSet());
    }

    /// Whether every assignee has answered for good.
    public boolean isClosed() {
        return assignments.stream().allMatch(a -> a.step().isFinal());
    }

    /// Whether placing `other` under the same id is a repeat of this order and not another one. An
    /// order to a group is the same although the group may have grown meanwhile.
    public boolean isRepeatedBy(Order other) {
        return id.equals(other.id)
                && text.equals(other.text)
                && severity == other.severity
                && placedBy.user().equals(other.placedBy.user())
                && Objects.equals(group, other.group)
                && Objects.equals(incident, other.incident)
                && Objects.equals(burst, other.burst)
                && (group != null || assignees().equals(other.assignees()));
    }
}
