package org.maplebridge.media.congestion;

/// What share of packets a way loses: lately, and where no queue stands, which is the share that a
/// radio link loses of what it passed on.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class LossLevel {
    /// Weight of one look, two or three of which are a second.
    private static final double NEW = 0.3;

    /// More is not taken for a link's ordinary loss.
    private static final double MOST = 0.3;

    private static final long KNOWN_NANOS = 2_000_000_000L;

    private double lately;
    private double besideQueues;
    private long lookedNanos;

    /// @param share of the packets since the last look
    /// @param queue whether one stands, which may have lost them
    void look(double share, boolean queue, long nowNanos) {
        lately += (share - lately) * NEW;
        besideQueues += queue ? 0 : (share - besideQueues) * NEW;
        lookedNanos = nowNanos;
    }

    /// Of what is lost lately not more than is ordinary on any link.
    double lately() {
        return Math.min(lately, MOST);
    }

    double besideQueues() {
        return besideQueues;
    }

    /// How much of what a report says is lost is lost still, in 256ths.
    int stillLost(int reported256, long nowNanos) {
        boolean known = nowNanos - lookedNanos < KNOWN_NANOS;
        return known ? Math.min(reported256, (int) (lately * 256)) : reported256;
    }
}
