package org.maplebridge.media.congestion;

/// Whether what is lost says that a link is overfull (draft-ietf-rmcat-gcc-02 §6).
///
/// A radio link loses as much at half the rate. So a decrease is a question: when the loss goes on
/// all the same, it is the link's ordinary loss from then on, and only what is clearly beyond it
/// counts.
///
/// Pure. Thread: its leg's media loop.
final class LossWatch {
    /// What a share of losses means.
    enum Verdict {
        /// Below 2 %.
        CALM,
        /// Up to 10 %: nothing more should be tried.
        HOLD,
        /// Beyond: the link is overfull.
        OVERFULL,
        /// Beyond as well, but the last decrease changed nothing about it.
        ORDINARY
    }

    /// Of fewer packets, chance would decide.
    static final int FEWEST_PACKETS = 40;

    static final long WINDOW_NANOS = 300_000_000L;

    private static final double CALM_SHARE = 0.02;
    private static final double OVERFULL_SHARE = 0.10;

    /// So much is no chance even once; less must be seen twice in a row.
    static final double CERTAIN_SHARE = 0.25;

    /// What must be sent of before for the answer to a decrease to be one.
    private static final double LESS = 0.85;

    /// What loss must fall to for a decrease to have helped.
    private static final double HELPED = 0.5;

    /// Weight of a new window in what is ordinary.
    private static final double NEW = 0.2;

    private int received;
    private int missing;
    private long windowStartNanos;
    private double ordinary;
    private double shareBefore;
    private long sentBefore;
    private boolean suspected;
    private boolean asked;

    void received() {
        received++;
    }

    void missing() {
        missing++;
    }

    /// Told missing before.
    void cameAfterAll() {
        missing = Math.max(0, missing - 1);
        received++;
    }

    /// Whether enough was counted to [#take] a share.
    boolean full(long nowNanos) {
        return received + missing >= FEWEST_PACKETS && nowNanos - windowStartNanos >= WINDOW_NANOS;
    }

    /// Share of what was counted that is missing; counting begins anew.
    double take(long nowNanos) {
        double share = (double) missing / Math.max(1, received + missing);
        forget(nowNanos);
        return share;
    }

    /// What was counted is of before a change.
    void forget(long nowNanos) {
        received = 0;
        missing = 0;
        windowStartNanos = nowNanos;
    }

    /// @param sent what left meanwhile, in bit/s
    Verdict judge(double share, long sent) {
        boolean answer = asked && sent < sentBefore * LESS;
        asked = asked && !answer;
        if (answer && share > shareBefore * HELPED) {
            ordinary = Math.max(ordinary, share);
            return Verdict.ORDINARY;
        }
        double beyond = share - ordinary * 1.5; // chance alone makes half as much again of it
        if (ordinary > 0) {
            ordinary += (share - ordinary) * NEW;
        }
        boolean before = suspected;
        suspected = beyond > OVERFULL_SHARE;
        if (beyond > CERTAIN_SHARE || suspected && before) {
            suspected = false;
            asked = true;
            shareBefore = share;
            sentBefore = sent;
            return Verdict.OVERFULL;
        }
        return beyond > CALM_SHARE ? Verdict.HOLD : Verdict.CALM;
    }
}
