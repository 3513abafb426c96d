package org.maplebridge.load.cluster;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.county.Signalling;
import org.maplebridge.load.measure.WallClock;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.OrderNews.Order;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.OrderNews.Step;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Snapshot;

/// An order that is placed now and accepted later, and when a room is told that it was.
///
/// Thread: any; the room's ear is called on its own thread.
public final class LateStep implements Signalling.Ear {
    private final Map<String, Long> acceptedNanos = new ConcurrentHashMap<>();

    /// @return id of the order
    public String place(Traveller room, String unit) throws IOException {
        var id = UUID.randomUUID().toString();
        var order = new OrderPlace(id, List.of(unit), null, "稍后接受", Severity.YELLOW, null);
        var there = room.now().orElseThrow(() -> new IOException("the room is not there"));
        var verdict = there.signalling().verdict(order);
        if (!verdict.equals("ok")) {
            throw new IOException("the order was not placed: " + verdict);
        }
        return id;
    }

    /// @return the code of the refusal, or `ok`
    public static String accept(Traveller car, String order) throws IOException {
        var there = car.now().orElseThrow(() -> new IOException("the car is not there"));
        return there.signalling()
                .verdict(new OrderReport(order, ReportedStep.ACCEPTED, null, Instant.now()));
    }

    /// Since 1970; empty while the room has not been told.
    public OptionalLong acceptedNanos(String order) {
        @Nullable Long told = acceptedNanos.get(order);
        return told == null ? OptionalLong.empty() : OptionalLong.of(told);
    }

    @Override
    public void heard(ServerMessage message, long atNanos) {
        switch (message) {
            case OrderChanged(Order order) -> look(order);
            case Snapshot snapshot -> snapshot.orders().forEach(this::look);
            default -> {}
        }
    }

    private void look(Order order) {
        if (order.assignees().stream().anyMatch(one -> one.step() == Step.ACCEPTED)) {
            acceptedNanos.putIfAbsent(order.id(), WallClock.nanos());
        }
    }
}
