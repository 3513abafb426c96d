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

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws RecordUnavailable;
    }

    private final DispatchBus bus;
    private final OrderStore orders;
    private final Peers peers;
    private final Roster roster;
    private final Apart apart;
    private final LinkedBlockingQueue<Optional<OrderId>> changed = new LinkedBlockingQueue<>();
    private final List<Subscription> subscriptions;

    public OrderNewsDesk(
            DispatchBus bus, OrderStore orders, Peers peers, Roster roster, InstantSource clock) {
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
                                        changed.add(Optional.of(new OrderId(envelope.subject())))),
                        bus.onMembershipChange(this::lookAgain));
        Thread.ofVirtual().name("order-news").start(this::tellAll);
    }

    /// Asked after the record has it.
    void publish(String kind, OrderId order) {
        bus.publish(Topic.ORDERS, new Envelope(bus.self(), kind, order.value(), Map.of()));
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
                    .ifPresent(
                            all -> all.reversed().forEach(o -> changed.add(Optional.of(o.id()))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll() {
        try {
            for (var order = changed.take(); order.isPresent(); order = changed.take()) {
                changed.removeIf(order::equals); // read once, told once
                tell(order.get());
            }
        } catch (InterruptedException e) {
            LOG.error("no order news any more", e);
        }
    }

    private void tell(OrderId id) throws InterruptedException {
        asked("order " + id, () -> orders.find(id)).flatMap(found -> found).ifPresent(this::tell);
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

    private void tell(Order order) {
        for (var peer : peers.all()) {
            if (isFor(peer, order)) {
                peer.send(
                        new OrderChanged(
                                OrderView.of(order, roster.organisation(), peer.locale())));
            }
        }
    }

    private boolean isFor(Peer peer, Order order) {
        var user = peer.person().user();
        return roster.visibility().seesOrder(user, order.placedBy().node(), order.assignees());
    }
}
