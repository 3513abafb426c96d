package org.maplebridge.media.ice;

import org.maplebridge.media.wire.PeerPath;

/// A path an authentic check came on, and when it last showed life.
///
/// Thread: its leg's media loop.
final class ProvedPath {
    final PeerPath path;
    long lastLifeNanos;

    ProvedPath(PeerPath path, long nowNanos) {
        this.path = path;
        this.lastLifeNanos = nowNanos;
    }

    boolean silentFor(long nanos, long nowNanos) {
        return nowNanos - lastLifeNanos >= nanos;
    }
}
