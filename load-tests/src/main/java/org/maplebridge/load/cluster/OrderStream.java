package org.maplebridge.load.cluster;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.Signalling;
import org.maplebridge.load.measure.WallClock;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.OrderNews;
import org.maplebridge.signaling.protocol.OrderNews.Order;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Snapshot;

/// A dispatcher who orders, again under the same id until it is acknowledged, and a car that does
/// what it is ordered and says so.
///
/// Thread: one of its own; what cars hear comes on their threads.
public final class OrderStream implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_MILLIS = 20;
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final History history;
    private final String unit;

    /// Other streams of the same record have others.
    private final String series = UUID.randomUUID().toString();

    private final Set<String> texts = ConcurrentHashMap.newKeySet();
    private Thread thread = Thread.ofVirtual().unstarted(() -> {});
    private volatile boolean closed;

    public OrderStream(History history, String unit) {
        this.history = history;
        this.unit = unit;
    }

    /// Begins to order.
    public void start(Traveller dispatcher) {
        thread = Thread.startVirtualThread(() -> run(dispatcher));
    }

    private void run(Traveller dispatcher) {
        for (int i = 0; !closed; i++) {
            place(dispatcher, unit + " 第 " + i + " 号 " + series);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void place(Traveller dispatcher, String text) {
        var id = UUID.randomUUID().toString();
        texts.add(text);
        var order = new OrderPlace(id, List.of(unit), null, text, Severity.YELLOW, null);
        while (!closed) {
            var there = dispatcher.now();
            if (there.isPresent()) {
                long asked = WallClock.nanos();
                var verdict = verdict(there.get(), order);
                history.answered(
                        new Event.Answered(
                                dispatcher.account(), id, verdict, asked, WallClock.nanos()));
                if (verdict.equals("ok")) {
                    return;
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS / 4);
        }
    }

    /// Waits no longer than the connection lives.
    private String verdict(Handheld dispatcher, OrderPlace order) {
        var answer = dispatcher.signalling().post(order);
        long deadline = System.nanoTime() + ANSWER_NANOS;
        while (!closed && System.nanoTime() - deadline < 0) {
            try {
                return switch (answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    case ServerMessage.Answer.Ok _ -> "ok";
                    case ServerMessage.Answer.Refused refused -> refused.code();
                    default -> "strange";
                };
            } catch (TimeoutException e) {
                if (!dispatcher.signalling().isOpen()) {
                    return "lost";
                }
            } catch (ExecutionException e) {
                return "lost";
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return "none";
            }
        }
        return "none";
    }

    /// What the car does with what it hears.
    public Signalling.Ear car(Supplier<Traveller> self) {
        return (message, _) -> {
            switch (message) {
                case OrderChanged(Order order) -> obey(self, order);
                case Snapshot snapshot -> snapshot.orders().forEach(order -> obey(self, order));
                default -> {}
            }
        };
    }

    private void obey(Supplier<Traveller> self, Order order) {
        if (!texts.contains(order.text())) {
            return; // the demo's own
        }
        history.shown(order.id(), order.text(), order.number());
        boolean fresh;
        synchronized (texts) {
            fresh = !history.isExecuted(order.id());
            if (fresh) {
                history.executed(order.id());
            }
        }
        boolean open =
                order.assignees().stream()
                        .anyMatch(a ->
                                a.unit().equals(unit)
                                        && a.step().compareTo(OrderNews.Step.ACCEPTED) < 0);
        if (open) {
            Thread.startVirtualThread(() -> report(self.get(), order.id()));
        }
    }

    private static void report(Traveller car, String order) {
        car.now()
                .ifPresent(there -> {
                    there.signalling()
                            .say(
                                    new OrderReport(
                                            order, ReportedStep.ACCEPTED, null, Instant.now()));
                });
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
