package org.maplebridge.load.incidents;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.Signalling;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.OrderNews;
import org.maplebridge.signaling.protocol.OrderNews.Order;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.Answer;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Snapshot;

/// A dispatcher who orders as fast as a session may, and a car that does what it is ordered. Both
/// outlive the node: what was not answered is said again, under the same id, when it is back.
///
/// Thread: one of its own orders; what the two hear comes on their sessions'.
final class OrderStorm {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    static final String CAR = "car1";

    /// As long as an answer may take while the node lives.
    private static final long ANSWER_SECONDS = 20;

    private final String series;
    private final AtomicInteger made = new AtomicInteger();

    /// To be said again.
    private final Queue<OrderPlace> open = new ConcurrentLinkedQueue<>();

    /// Said and not answered yet.
    private final Set<OrderPlace> underway = ConcurrentHashMap.newKeySet();

    private final Set<String> promised = ConcurrentHashMap.newKeySet();
    private final Set<String> promisedSteps = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> shown = new ConcurrentHashMap<>();
    private final AtomicInteger shownTwice = new AtomicInteger();
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /// @param series keeps the words of several storms apart
    OrderStorm(String series) {
        this.series = series;
    }

    /// Both sessions at a node that is up.
    final class Sessions implements AutoCloseable {
        private final Signalling dispatcher;
        private final Signalling car;
        private final BlockingQueue<Order> todo = new LinkedBlockingQueue<>();
        private final Thread crew;

        Sessions(NodeDoor door, String dispatcherToken, String carToken) throws IOException {
            dispatcher = Signalling.open(door, dispatcherToken, Device.CONSOLE, (_, _) -> {});
            car = Signalling.open(door, carToken, Device.TERMINAL, (m, _) -> hear(this, m));
            crew = Thread.startVirtualThread(this::obeyAll);
        }

        /// One after the other, as people do: who says hundreds of things at once is shown out.
        private void obeyAll() {
            try {
                while (true) {
                    report(this, todo.take());
                    LockSupport.parkNanos(STEP_NANOS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            crew.interrupt();
            dispatcher.close();
            car.close();
        }
    }

    /// Orders until [#stop]; what is open comes first.
    Thread start(Sessions sessions) {
        stopped = false;
        sayAgain();
        return Thread.startVirtualThread(() -> {
            while (!stopped && sessions.dispatcher.isOpen()) {
                @Nullable OrderPlace order = open.poll();
                place(sessions, order == null ? next() : order);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
    }

    void stop() {
        stopped = true;
    }

    /// What the last node did not answer.
    private void sayAgain() {
        open.addAll(underway);
        underway.clear();
    }

    private OrderPlace next() {
        var text = series + " 第 " + made.incrementAndGet() + " 号命令";
        return new OrderPlace(
                UUID.randomUUID().toString(), List.of(CAR), null, text, Severity.YELLOW, null);
    }

    /// Does not wait: orders overtake each other's answers.
    private void place(Sessions sessions, OrderPlace order) {
        underway.add(order);
        await(
                sessions.dispatcher.post(order),
                () -> {
                    underway.remove(order);
                    promised.add(order.text());
                });
    }

    private void await(CompletableFuture<ServerMessage> answer, Runnable taken) {
        var unused =
                answer.thenAccept(message -> {
                    switch (message) {
                        case Answer.Ok _ -> taken.run();
                        case Answer.Refused refused -> refusals.add(refused.code());
                        default -> refusals.add("strange: " + message);
                    }
                });
    }

    private void hear(Sessions sessions, ServerMessage message) {
        switch (message) {
            case OrderChanged(Order order) -> obey(sessions, order);
            case Snapshot snapshot -> {
                var ids = snapshot.orders().stream().map(Order::id).toList();
                shownTwice.addAndGet(ids.size() - Set.copyOf(ids).size());
                snapshot.orders().forEach(order -> obey(sessions, order));
            }
            default -> {}
        }
    }

    /// Done as soon as it is seen for the first time; said again while the record does not have it.
    private void obey(Sessions sessions, Order order) {
        if (!order.text().startsWith(series)) {
            return;
        }
        shown.computeIfAbsent(order.text(), _ -> ConcurrentHashMap.newKeySet())
                .add(order.id() + " " + order.number());
        boolean done =
                order.assignees().stream()
                        .anyMatch(a -> a.unit().equals(CAR) && a.step() == OrderNews.Step.DONE);
        if (!done && promisedSteps.stream().noneMatch(stepOf(order)::equals)) {
            sessions.todo.add(order);
        }
    }

    /// What a killed node does not answer is left to the next one.
    private void report(Sessions sessions, Order order) throws InterruptedException {
        var answer =
                sessions.car.post(
                        new OrderReport(order.id(), ReportedStep.DONE, null, Instant.now()));
        await(answer, () -> promisedSteps.add(stepOf(order)));
        try {
            var unused = answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            sessions.crew.interrupt();
        }
    }

    private static String stepOf(Order order) {
        return order.text() + " DONE " + CAR;
    }

    /// Places what is still open until nothing is.
    void finish(Sessions sessions) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
        stopped = true;
        sayAgain();
        for (@Nullable OrderPlace order = open.poll(); order != null; order = open.poll()) {
            place(sessions, order);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        while (!underway.isEmpty()
                || !sessions.todo.isEmpty()
                || !shown.keySet().containsAll(promised)) {
            if (System.nanoTime() - deadline > 0) {
                break; // judged as it is
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (!sessions.car.isOpen()) {
            refusals.add("the car was shown out: " + sessions.car.closeCode());
        }
    }

    /// Words of all orders that were answered with success.
    Set<String> promised() {
        return Set.copyOf(promised);
    }

    Set<String> promisedSteps() {
        return Set.copyOf(promisedSteps);
    }

    int unanswered() {
        return open.size() + underway.size();
    }

    /// Answers that were neither success nor silence.
    Set<String> refusals() {
        return new TreeSet<>(refusals);
    }

    /// Orders that the car never saw, and those that it saw under several ids or numbers, or twice
    /// in one snapshot.
    Tally seen() {
        var unseen = new TreeSet<>(promised);
        unseen.removeAll(shown.keySet());
        int twice = (int) shown.values().stream().filter(ids -> ids.size() > 1).count();
        return new Tally(unseen.size(), twice + shownTwice.get());
    }
}
