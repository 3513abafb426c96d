package org.maplebridge.media.congestion;

/// When a paced downlink is opened again: after a while without a queue or loss, and twice that
/// after each opening that did not last.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class Opening {
    static final long FIRST_NANOS = 5_000_000_000L;
    static final long LONGEST_NANOS = 80_000_000_000L;

    /// An opening has lasted then.
    static final long LASTED_NANOS = 60_000_000_000L;

    /// What it must bear of what is to be sent.
    private static final double CLEARLY_ENOUGH = 1.35;

    /// And so long: a publisher that is asked for less needs a moment to follow the estimate.
    static final long ENOUGH_NANOS = 2_000_000_000L;

    private boolean enough;
    private long enoughNanos;
    private boolean everOpened;
    private long openedNanos;
    private long troubleNanos;
    private long afterNanos = FIRST_NANOS;

    /// Paced from now on.
    void closed(long nowNanos) {
        boolean relapse = everOpened && nowNanos - openedNanos < LASTED_NANOS;
        afterNanos = relapse ? Math.min(afterNanos * 2, LONGEST_NANOS) : FIRST_NANOS;
        troubleNanos = nowNanos;
    }

    /// A queue stands, or too much is lost.
    void trouble(long nowNanos) {
        troubleNanos = nowNanos;
    }

    /// Never while no picture is to be sent: what the link bears is known, the next one needs it.
    ///
    /// @param bears what pictures may have, and `offered` pictures are to be sent, in bit/s
    boolean due(long bears, long offered, long nowNanos) {
        boolean enoughNow = offered > 0 && bears >= offered * CLEARLY_ENOUGH;
        enoughNanos = enoughNow && enough ? enoughNanos : nowNanos;
        enough = enoughNow;
        return enough
                && nowNanos - enoughNanos >= ENOUGH_NANOS
                && nowNanos - troubleNanos >= afterNanos;
    }

    void opened(long nowNanos) {
        everOpened = true;
        openedNanos = nowNanos;
    }
}
