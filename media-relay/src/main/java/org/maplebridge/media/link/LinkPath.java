package org.maplebridge.media.link;

import org.maplebridge.media.wire.PeerPath;

/// One way to the other node, what was asked on it, and what came.
///
/// Thread: its link's media loop.
final class LinkPath {
    /// A round trip of 3 s at five checks a second.
    private static final int ASKED = 16;

    private static final long NONE = 0;

    private static final long LONG_AGO_NANOS = 3_600_000_000_000L;

    final PeerPath path;

    /// Whether it leads to an address the other node told; else a check came from there.
    final boolean told;

    final long sinceNanos;
    boolean proved;

    /// Of the last check we sent; long ago before the first.
    long askedNanos;

    /// When a check of ours was answered last.
    long answeredNanos;

    /// When anything authentic came last.
    long heardNanos;

    private final long[] asked = new long[ASKED];
    private int next;

    LinkPath(PeerPath path, boolean told, long nowNanos) {
        this.path = path;
        this.told = told;
        sinceNanos = nowNanos;
        answeredNanos = nowNanos - LONG_AGO_NANOS;
        askAtOnce(nowNanos);
        heardNanos = nowNanos;
    }

    void asked(long number, long nowNanos) {
        asked[next] = number;
        next = (next + 1) % ASKED;
        askedNanos = nowNanos;
    }

    /// Its next check is due.
    void askAtOnce(long nowNanos) {
        askedNanos = nowNanos - LONG_AGO_NANOS;
    }

    boolean awaits(long number) {
        for (long one : asked) {
            if (one == number && number != NONE) {
                return true;
            }
        }
        return false;
    }

    void answered(long number, long nowNanos) {
        for (int i = 0; i < ASKED; i++) {
            if (asked[i] == number) {
                asked[i] = NONE;
            }
        }
        answeredNanos = nowNanos;
        heardNanos = nowNanos;
    }

    boolean silentFor(long nanos, long nowNanos) {
        return nowNanos - heardNanos >= nanos;
    }
}
