package org.maplebridge.media.leg;

import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.Slot;

/// What a leg asks of the loop it lives on.
public interface LegHost {
    /// A viewer cannot go on without a key frame, and this loop's cache does not help.
    void keyFrameWanted(Slot slot, long nowNanos);

    /// A slot began to send cached packets and wants to be driven.
    void catchingUp(Slot slot);

    /// A section got a packet and has no source yet.
    ///
    /// @return whether it has one now
    boolean publish(Leg leg, InboundSection section);

    PacketCounters counters();
}
