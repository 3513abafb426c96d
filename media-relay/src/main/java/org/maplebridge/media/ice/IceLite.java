package org.maplebridge.media.ice;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Which paths of one peer are proved, which one media goes to, and whether the peer still
/// consents.
///
/// A path is remembered only after a check on it carried the right MESSAGE-INTEGRITY.
///
/// Thread: its leg's media loop.
public final class IceLite {
    public IceLite(IceCredentials local, IceCredentials remote, long nowNanos) {}

    /// Takes a STUN datagram and writes the response to `out`.
    ///
    /// @return 0, or the code of a drop reason
    public int onDatagram(
            PeerPath from, byte[] data, int offset, int length, long nowNanos, OutboundBatch out) {
        throw new UnsupportedOperationException();
    }

    /// Where media goes: the path of the latest nominating check.
    public @Nullable PeerPath selectedPath() {
        throw new UnsupportedOperationException();
    }
}
