package org.maplebridge.media.netty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.stun.StunAddressee;
import org.maplebridge.media.wire.PacketKind;
import org.maplebridge.media.wire.PeerPath;

/// Which loop a datagram belongs to that arrived on another one: the peer's address hashed to that
/// one's socket. Asked only where there are several loops.
///
/// Thread: any.
final class LoopDirectory {
    private final Map<PeerPath, MediaLoop> byPath = new ConcurrentHashMap<>();
    private final Map<String, MediaLoop> byFragment = new ConcurrentHashMap<>();

    void claims(MediaLoop loop, PeerPath path) {
        byPath.put(path, loop);
    }

    /// Only if it still is `loop`'s: another one may have claimed it since.
    void yields(MediaLoop loop, PeerPath path) {
        byPath.remove(path, loop);
    }

    void claimsFragment(MediaLoop loop, String localFragment) {
        byFragment.put(localFragment, loop);
    }

    void yieldsFragment(MediaLoop loop, String localFragment) {
        byFragment.remove(localFragment, loop);
    }

    /// Checks go by the name in them, for they prove new paths, and answers to ours by their mark;
    /// all else by the path.
    @Nullable MediaLoop homeOf(PeerPath from, byte[] data, int offset, int length) {
        if (PacketKind.of(data, offset, length) == PacketKind.STUN) {
            return byFragment.get(StunAddressee.of(data, offset, length));
        }
        return byPath.get(from);
    }
}
