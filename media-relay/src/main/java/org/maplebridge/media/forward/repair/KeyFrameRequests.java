package org.maplebridge.media.forward.repair;

/// When a publisher is asked for a key frame: once for all who want one, not too often, and again
/// until one comes. Otherwise a single bad viewer would raise the rate for everybody.
///
/// Thread: its source's media loop.
public final class KeyFrameRequests {
    /// Browsers need about this long to encode and send a large picture.
    static final long SHORTEST_NANOS = 300_000_000L;

    /// On the slowest links a repeat is still worth its bytes.
    static final long LONGEST_NANOS = 1_000_000_000L;

    private boolean wanted;
    private boolean asked;
    private long askedAtNanos;
    private long sent;

    /// Somebody cannot go on without a key frame.
    public void want() {
        wanted = true;
    }

    /// Whether to ask now; then it counts as done.
    public boolean due(long roundTripNanos, long nowNanos) {
        if (!wanted) {
            return false;
        }
        long interval = Math.clamp(roundTripNanos * 3 / 2, SHORTEST_NANOS, LONGEST_NANOS);
        if (asked && nowNanos - askedAtNanos < interval) {
            return false;
        }
        asked = true;
        askedAtNanos = nowNanos;
        sent++;
        return true;
    }

    /// Everybody who waited can go on.
    public void keyFrameCame() {
        wanted = false;
    }

    public boolean wanted() {
        return wanted;
    }

    public long sent() {
        return sent;
    }
}
