package org.maplebridge.signaling.scene.call;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.maplebridge.dispatch.bus.ArbiterRegistry;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.EstateRegistry;
import org.maplebridge.dispatch.bus.FloorRegistry;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.NodeDirectory;
import org.maplebridge.dispatch.bus.PresenceRegistry;
import org.maplebridge.dispatch.bus.SourceDirectory;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.MemberId;

/// A bus that loses letters about private calls, as one does in whose cluster something dies.
///
/// Thread: any, guarded by this.
final class LossyBus implements DispatchBus {
    private final DispatchBus bus;
    private final SplittableRandom random;
    private final AtomicBoolean loses;

    /// @param loses whether it does so now
    LossyBus(DispatchBus bus, SplittableRandom random, AtomicBoolean loses) {
        this.bus = bus;
        this.random = random;
        this.loses = loses;
    }

    private synchronized boolean isLost(Topic topic, Envelope letter) {
        boolean question = letter.kind().equals("whoIsThere") || letter.kind().equals("isThere");
        return topic == Topic.CALLS && !question && loses.get() && random.nextInt(5) == 0;
    }

    @Override
    public void publish(Topic topic, Envelope envelope) {
        if (!isLost(topic, envelope)) {
            bus.publish(topic, envelope);
        }
    }

    @Override
    public void send(MemberId to, Topic topic, Envelope envelope) {
        if (!isLost(topic, envelope)) {
            bus.send(to, topic, envelope);
        }
    }

    @Override
    public MemberId self() {
        return bus.self();
    }

    @Override
    public Set<MemberId> members() {
        return bus.members();
    }

    @Override
    public Subscription subscribe(Topic topic, Consumer<Envelope> listener) {
        return bus.subscribe(topic, listener);
    }

    @Override
    public Subscription onMembershipChange(Consumer<MembershipChange> listener) {
        return bus.onMembershipChange(listener);
    }

    @Override
    public PresenceRegistry presence() {
        return bus.presence();
    }

    @Override
    public FloorRegistry floors() {
        return bus.floors();
    }

    @Override
    public ArbiterRegistry arbiters() {
        return bus.arbiters();
    }

    @Override
    public SourceDirectory sources() {
        return bus.sources();
    }

    @Override
    public NodeDirectory nodes() {
        return bus.nodes();
    }

    @Override
    public EstateRegistry estates() {
        return bus.estates();
    }

    @Override
    public void close() {
        bus.close();
    }
}
