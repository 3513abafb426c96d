package org.maplebridge.media.congestion;

/// How much of a paced downlink's estimate pictures really get: voice has its own, and what is left
/// between two voice packets seldom is as long as a picture's packets are. Measured while packets
/// wait, separately for times with and without talk.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class UsableShare {
    private static final double LEAST = 0.4;
    private static final double MOST = 0.95;

    /// Until it is measured.
    private static final double TALKING = 0.8;

    /// A publisher that is asked for less makes nothing wait, so what was measured once would hold
    /// for ever. Without a wait it goes back to what is usual, so much a look.
    private static final double FADES = 0.002;

    /// Weight of one look in ten a second.
    private static final double NEW = 0.15;

    private double talking = TALKING;
    private double silent = MOST;
    private long bytes;
    private long sinceNanos;

    void left(int length) {
        bytes += length;
    }

    /// To be called about every 100 ms.
    ///
    /// @param waited whether something waited all the time since the last call
    void look(long estimate, boolean talk, boolean waited, long nowNanos) {
        long span = nowNanos - sinceNanos;
        double got = bytes * 8e9 / Math.max(1, span) / estimate;
        bytes = 0;
        sinceNanos = nowNanos;
        double before = talk ? talking : silent;
        double usual = Math.max(before, talk ? TALKING : MOST);
        double now =
                waited
                        ? Math.clamp(before + (got - before) * NEW, LEAST, MOST)
                        : Math.min(usual, before + FADES);
        talking = talk ? now : talking;
        silent = talk ? silent : now;
    }

    double of(boolean talk) {
        return talk ? talking : silent;
    }
}
