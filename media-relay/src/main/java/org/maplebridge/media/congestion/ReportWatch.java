package org.maplebridge.media.congestion;

/// Reads a peer's receiver reports for what transport-wide feedback would tell better: loss, and a
/// round trip that grows (RFC 3550 §6.4.1).
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class ReportWatch {
    /// A round trip contains the way back and the peer's own delays.
    static final long WAIT_NANOS = 60_000_000L;

    /// Told once; half of it must be told twice.
    static final long LONG_WAIT_NANOS = 120_000_000L;

    /// What waits so long is to be gone in about a second; more than half is not taken for it.
    private static final double LEAST_LEFT = 0.5;

    /// A report made before a decrease showed is about before.
    static final long DECREASE_SHOWS_NANOS = 1_500_000_000L;

    private final LossWatch losses = new LossWatch();
    private final QuickestWay roundTrips = new QuickestWay();
    private boolean anyDecrease;
    private long decreasedNanos;
    private long waitNanos;
    private int waits;

    /// @param roundTripNanos negative when the report does not say
    /// @param sent what leaves, in bit/s
    /// @return what the link passes on, in bit/s, when less must be sent; 0 when it may be more,
    ///   negative when nothing should change
    long capacity(double lossShare, long roundTripNanos, long sent, long nowNanos) {
        boolean waiting = waits(roundTripNanos, nowNanos);
        if (anyDecrease && nowNanos - decreasedNanos < DECREASE_SHOWS_NANOS) {
            return -1;
        }
        return switch (losses.judge(lossShare, sent)) {
            case OVERFULL -> decrease((long) (sent * (1 - lossShare)), nowNanos);
            case HOLD -> waiting ? decrease(drained(sent), nowNanos) : -1;
            case CALM, ORDINARY -> {
                long unsure = waitNanos > WAIT_NANOS / 2 ? -1 : 0;
                yield waiting ? decrease(drained(sent), nowNanos) : unsure;
            }
        };
    }

    private long drained(long sent) {
        return (long) (sent * Math.max(LEAST_LEFT, 1 - waitNanos / 1e9));
    }

    /// Another way.
    void forget() {
        roundTrips.forget();
        waits = 0;
        waitNanos = 0;
    }

    private boolean waits(long roundTripNanos, long nowNanos) {
        if (roundTripNanos < 0) {
            return false;
        }
        roundTrips.took(roundTripNanos, 0, nowNanos);
        waitNanos = roundTripNanos - roundTrips.micros(0);
        waits = waitNanos > WAIT_NANOS ? waits + 1 : 0;
        return waits > 1 || waitNanos > LONG_WAIT_NANOS;
    }

    private long decrease(long capacity, long nowNanos) {
        anyDecrease = true;
        decreasedNanos = nowNanos;
        return Math.max(1, capacity);
    }
}
