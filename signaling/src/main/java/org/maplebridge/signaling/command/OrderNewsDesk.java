package org.maplebridge.signaling.command;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.OrderNews.OrderChanged;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries orders that changed, on whichever node, to the sessions of this node that may see them.
/// The envelope only names the order; what is told is read from the record.
///
/// Thread: one virtual thread tells, so that nobody hears an older state after a newer one.
public final class OrderNewsDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrderNewsDesk.class);
    private static final int ATTEMPTS = 30;
    private static final long RETRY_MILLIS = 1_000;

    private final DispatchBus bus;
    private final OrderStore orders;
    private final Peers peers;
    private final Roster roster;
    private final LinkedBlockingQueue<Optional<OrderId>> changed = new LinkedBlockingQueue<>();
    private final Subscription subscription;

    public OrderNewsDesk(DispatchBus bus, OrderStore orders, Peers peers, Roster roster) {
        this.bus = bus;
        this.orders = orders;
        this.peers = peers;
        this.roster = roster;
        subscription =
                bus.subscribe(
                        Topic.ORDERS,
                        envelope -> changed.add(Optional.of(new OrderId(envelope.subject()))));
        Thread.ofVirtual().name("order-news").start(this::tellAll);
    }

    /// Asked after the record has it.
    void publish(String kind, OrderId order) {
        bus.publish(Topic.ORDERS, new Envelope(bus.self(), kind, order.value(), Map.of()));
    }

    @Override
    public void close() {
        subscription.close();
        changed.add(Optional.empty());
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
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                @Nullable Order order = orders.find(id).orElse(null);
                if (order != null) {
                    tell(order);
                }
                return;
            } catch (RecordUnavailable e) {
                LOG.warn("order {} changed but cannot be read yet", id, e);
                Thread.sleep(RETRY_MILLIS);
            }
        }
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
