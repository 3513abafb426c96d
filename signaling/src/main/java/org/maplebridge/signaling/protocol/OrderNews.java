package org.maplebridge.signaling.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews;

/// News of orders: each is told whole, as it stands.
public sealed interface OrderNews extends ServerMessage {
    @MessageType("order.changed")
    record OrderChanged(Order order) implements OrderNews {}

    /// @param incident what it is for, which `to` says the place of
    /// @param burst what was spoken, if the order was
    record Order(
            String id,
            long number,
            String text,
            Severity severity,
            Instant placedAt,
            PlacedBy placedBy,
            @Nullable String group,
            @Nullable String incident,
            @Nullable Destination to,
            @Nullable String burst,
            List<Assignee> assignees) {}

    record Destination(String place, AlertNews.@Nullable Point point) {}

    record PlacedBy(String user, String name, String node) {}

    /// @param step the latest; `history` has them all, oldest first
    record Assignee(
            String unit,
            String name,
            Step step,
            Instant at,
            @Nullable String reason,
            List<StepTaken> history) {}

    record StepTaken(Step step, Instant at, @Nullable String reason) {}

    enum Step {
        PLACED,
        DELIVERED,
        READ,
        ACCEPTED,
        REFUSED,
        EN_ROUTE,
        ARRIVED,
        DONE
    }
}
