package org.maplebridge.media.leg;

import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.forward.PacketCounters;
import org.maplebridge.media.forward.Slot;

/// What a leg asks of the loop it lives on.
public interface LegHost {
    /// A viewer cannot go on without a key frame, and this loop's cache does not help.
    void keyFrameWanted(Slot slot, long nowNanos);

    /// A slot began to send cached packets and wants to be driven.
    void catchingUp(Slot slot);

    /// The leg's pictures are held now, and want to be let out by the clock.
    void paced(Leg leg);

    /// The slot's downlink bears no more than [Slot#bears] of what it is shown.
    void rateWanted(Slot slot, long nowNanos);

    /// A section got a packet and has no source yet.
    ///
    /// @return whether it has one now
    boolean publish(Leg leg, InboundSection section);

    /// What pictures may cost at this moment.
    PictureLimit pictureLimit();

    LayerHost layers();

    PacketCounters counters();
}
