package org.maplebridge.media.congestion;

/// What a downlink is held to bear: lowered below what it was seen to pass on when a queue stood,
/// raised again slowly where it was found full and fast beyond (draft-ietf-rmcat-gcc-02 §5.5).
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class RateControl {
    /// The states of §5.5.
    enum Phase {
        INCREASE,
        HOLD,
        DECREASE
    }

    /// Voice, reports, and enough to notice when the link is better again.
    static final long FLOOR = 100_000;

    /// Links are fast until one proves narrow: most viewers sit in the same building.
    static final long START = 2_500_000;

    /// Below the capacity measured, so that what stands in the queue drains.
    private static final double BACK_OFF = 0.9;

    /// So long nothing is tried after a queue stood: each try costs voice a few milliseconds.
    static final long CALM_NANOS = 3_000_000_000L;

    /// Where the link was found full the estimate creeps: [#NEAR_FROM] to [#NEAR_TO] of that.
    private static final double NEAR_FROM = 0.97;

    private static final double NEAR_TO = 1.2;

    // Growth a second.
    private static final double TOWARDS = 0.20;
    private static final double NEAR = 0.05;
    private static final double BEYOND = 0.60;

    /// A sender that sends less than the link bears learns nothing of more than this (§5.5) – or
    /// than what it was measured to pass on, which needs no proof: where no picture fits beside
    /// talk at nine tenths of that, none would ever be sent to prove it.
    private static final double PROVED = 1.5;

    /// And where it was found full, it must get through once without a queue.
    private static final double PROVED_NEAR = 1.2;

    private static final long LONGEST_STEP_NANOS = 1_000_000_000L;

    private final long floor;
    private long estimate = START;
    private long fullAt;
    private Phase phase = Phase.HOLD;
    private boolean everDecreased;
    private long decreasedNanos;
    private long steppedNanos;

    RateControl() {
        this(FLOOR);
    }

    /// @param floor the estimate is never lower, in bit/s
    RateControl(long floor) {
        this.floor = floor;
    }

    /// A queue stands although no more than the estimate was sent.
    ///
    /// @param capacity what the link passed on meanwhile, in bit/s
    void decrease(long capacity, long nowNanos) {
        fullAt = capacity;
        estimate = Math.max(floor, Math.min(estimate, (long) (capacity * BACK_OFF)));
        decreasedNanos = nowNanos;
        everDecreased = true;
        phase = Phase.DECREASE;
        steppedNanos = nowNanos;
    }

    /// A queue may be building up.
    void hold(long nowNanos) {
        phase = Phase.HOLD;
        steppedNanos = nowNanos;
    }

    /// Nothing waits.
    ///
    /// @param delivered what arrives, in bit/s
    void increase(long delivered, long nowNanos) {
        long step = Math.min(nowNanos - steppedNanos, LONGEST_STEP_NANOS);
        steppedNanos = nowNanos;
        if (everDecreased && nowNanos - decreasedNanos < CALM_NANOS) {
            phase = Phase.HOLD;
            return;
        }
        phase = Phase.INCREASE;
        double grown = estimate * (1 + growth() * step / 1e9);
        boolean near = fullAt != 0 && estimate > fullAt * NEAR_FROM;
        long proved = (long) (delivered * (near ? PROVED_NEAR : PROVED));
        long known = (long) (fullAt * NEAR_FROM);
        estimate = Math.max(estimate, Math.min((long) grown, Math.max(proved, known)));
    }

    private double growth() {
        if (fullAt == 0 || estimate > fullAt * NEAR_TO) {
            fullAt = 0; // it was another link
            return BEYOND;
        }
        return estimate < fullAt * NEAR_FROM ? TOWARDS : NEAR;
    }

    /// Whether the estimate is about what the link was found to bear, or that is not known.
    boolean nearFull() {
        return fullAt == 0 || estimate > fullAt * NEAR_FROM;
    }

    /// A decrease that did not help: it was not this leg that filled the link.
    void restore(long before) {
        estimate = Math.max(estimate, before);
    }

    /// While nothing is held back the estimate follows what gets through.
    void follow(long delivered) {
        estimate = Math.max(START, (long) (delivered * PROVED));
    }

    /// In bit/s, datagrams with their UDP and IP headers.
    long estimate() {
        return estimate;
    }

    Phase phase() {
        return phase;
    }
}
