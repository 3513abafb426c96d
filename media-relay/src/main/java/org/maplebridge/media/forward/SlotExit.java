package org.maplebridge.media.forward;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.congestion.Downlink;
import org.maplebridge.media.wire.PeerPath;

/// Where the packets of one peer's slots leave: it protects them in place and knows the way.
public interface SlotExit {
    /// Null as long as nothing can be sent.
    @Nullable PeerPath path();

    /// Encrypts in place.
    ///
    /// @param packetIndex roll-over count and sequence number, never twice for different packets
    /// @return length of the protected packet
    int protectRtp(
            MemorySegment memory,
            long offset,
            int headerLength,
            int length,
            int ssrc,
            long packetIndex);

    /// What the way bears; null for a peer that is shown no pictures. Always the same.
    @Nullable Downlink downlink();

    /// The slots of this peer that got packets in the burst being fanned out.
    FanOut.Peer pending();
}
