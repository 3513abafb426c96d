package org.maplebridge.dispatch.bus;

import java.util.Set;
import java.util.function.Consumer;
import org.maplebridge.dispatch.model.MemberId;

/// What the nodes of a cluster tell each other.
///
/// Delivery promise of [#publish]: every member that is subscribed when the envelope is published,
/// the publishing one included, gets it at most once, and the envelopes of one publisher on one
/// topic come in the order they were published. Nothing is kept for who comes later, and what was
/// under way when a member died or the network split may be missing. Therefore an envelope says
/// that something changed; the fact itself stands in the record or in a registry, and whoever hears
/// [MembershipChange] reads there again.
public interface DispatchBus extends AutoCloseable {
    MemberId self();

    Set<MemberId> members();

    void publish(Topic topic, Envelope envelope);

    /// As [#publish], to one member only, which may be this one. A member that is gone hears
    /// nothing.
    void send(MemberId to, Topic topic, Envelope envelope);

    /// What is published and what is sent to this member; the order is kept within each of the two.
    ///
    /// @param listener called on a thread of the bus, one envelope of a topic after the other; must
    ///   not block
    Subscription subscribe(Topic topic, Consumer<Envelope> listener);

    Subscription onMembershipChange(Consumer<MembershipChange> listener);

    PresenceRegistry presence();

    FloorRegistry floors();

    ArbiterRegistry arbiters();

    SourceDirectory sources();

    NodeDirectory nodes();

    EstateRegistry estates();

    /// Leaves the cluster; what this member registered is gone for the others.
    @Override
    void close();
}
