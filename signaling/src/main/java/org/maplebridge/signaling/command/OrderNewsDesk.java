package org.maplebridge.signaling.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.scene.Apart;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.trace.OrderPart;
import org.maplebridge.signaling.trace.Orders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries orders that changed, on whichever node, to the sessions of this node that may see them.
/// The envelope only names the order; what is told is read from the record. When two halves of the
/// cluster have found together, what was placed or changed meanwhile is told again: no envelope
/// came across.
///
/// Thread: one virtual thread tells, so that nobody hears an older state after a newer one.
public final class OrderNewsDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderNewsDesk.class);
    private static final int ATTEMPTS = 30;
    private static final long RETRY_MILLIS = 1_000;

    private static final int TOLD_AGAIN = 1_000;
    private static final String PLACED = "placed";
    private static final String AGAIN = "again";

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws RecordUnavailable;
    }

    private final DispatchBus bus;
    private final OrderStore orders;
    private final Peers peers;
    private final Roster roster;
    private final Apart apart;

    /// @param news what the bus said of it
    /// @param heardNanos on the clock of the traces
    private record Changed(OrderId order, String news, long heardNanos) {}

    private final Orders traces;
    private final LinkedBlockingQueue<Optional<Changed>> changed = new LinkedBlockingQueue<>();
    private final List<Subscription> subscriptions;

    public OrderNewsDesk(
            DispatchBus bus,
            OrderStore orders,
            Peers peers,
            Roster roster,
            InstantSource clock,
            Orders traces) {
        this.traces = traces;
        this.bus = bus;
        this.orders = orders;
        this.peers = peers;
        this.roster = roster;
        apart = new Apart(clock);
        subscriptions =
                List.of(
                        bus.subscribe(
                                Topic.ORDERS,
                                envelope ->
                                        changed(new OrderId(envelope.subject()), envelope.kind())),
                        bus.onMembershipChange(this::lookAgain));
        Thread.ofVirtual().name("order-news").start(this::tellAll);
    }

    /// Asked after the record has it.
    void publish(String kind, OrderId order) {
        long began = traces.now();
        bus.publish(Topic.ORDERS, new Envelope(bus.self(), kind, order.value(), Map.of()));
        traces.done(OrderPart.PUBLISH, order, began);
    }

    private void changed(OrderId order, String news) {
        changed.add(Optional.of(new Changed(order, news, traces.now())));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        changed.add(Optional.empty());
    }

    private void lookAgain(MembershipChange change) {
        apart.changed(change)
                .ifPresent(since ->
                        Thread.ofVirtual().name("orders-again").start(() -> tellSince(since)));
    }

    private void tellSince(Instant since) {
        try {
            asked("orders of a while", () -> orders.changedSince(since, TOLD_AGAIN))
                    .ifPresent(all -> all.reversed().forEach(o -> changed(o.id(), AGAIN)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll() {
        try {
            for (var next = changed.take(); next.isPresent(); next = changed.take()) {
                var order = next.get().order();
                changed.removeIf(more -> more.filter(m -> m.order().equals(order)).isPresent());
                tell(next.get()); // read once, told once
            }
        } catch (InterruptedException e) {
            LOG.error("no order news any more", e);
        }
    }

    private void tell(Changed change) throws InterruptedException {
        var id = change.order();
        long began = traces.now();
        var found = asked("order " + id, () -> orders.find(id)).flatMap(order -> order);
        traces.done(OrderPart.READ, id, began);
        if (found.isPresent()) {
            int told = tell(found.get(), change.news().equals(PLACED));
            traces.delivered(id, change.news(), told, change.heardNanos());
        }
    }

    /// Asks the record again and again, for a while.
    private static <T> Optional<T> asked(String what, Question<T> question)
            throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Optional.of(question.ask());
            } catch (RecordUnavailable e) {
                LOG.warn("{} changed but cannot be read yet", what, e);
                Thread.sleep(RETRY_MILLIS);
            }
        }
        return Optional.empty();
    }

    /// @return how many were told
    private int tell(Order order, boolean placed) {
        int told = 0;
        for (var peer : peers.all()) {
            if (isFor(peer, order)) {
                told++;
                if (placed && peer.isTerminal()) {
                    peer.unit()
                            .filter(order.assignees()::contains)
                            .ifPresent(unit -> traces.reached(order.id(), unit));
                }
                peer.send(
                        new OrderChanged(
                                OrderView.of(order, roster.organisation(), peer.locale())));
            }
        }
        return told;
    }

    private boolean isFor(Peer peer, Order order) {
        var user = peer.person().user();
        return roster.visibility().seesOrder(user, order.placedBy().node(), order.assignees());
    }
}
