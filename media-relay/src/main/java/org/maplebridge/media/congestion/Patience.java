package org.maplebridge.media.congestion;

/// How long packets may wait on the way before less is sent.
///
/// Little, so that voice does not notice. But waits that come although no more was sent than the
/// link was found to bear are of a restless link, or of somebody else's traffic, and giving way to
/// every one of them would leave nothing: then patience grows, and fades (in place of the adaptive
/// threshold of draft-ietf-rmcat-gcc-02 §5.4).
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class Patience {
    static final long LEAST_MICROS = 3_000;

    /// No link is so restless: this is a queue, and a new one.
    static final long RESTLESS_MICROS = 30_000;

    /// What else fills the link can fill it to that.
    static final long MOST_MICROS = 500_000;

    /// While nothing is held back a large key frame alone makes others wait.
    static final long OPEN_MICROS = 25_000;

    /// Where arrivals are stamped in steps, nothing shorter is known.
    static final long COARSE_MICROS = 25_000;

    static final int DECREASES_WITHOUT_EFFECT = 3;

    private static final long FADES_NANOS = 20_000_000_000L;

    private long micros = LEAST_MICROS;
    private long fadedNanos;
    private int decreases;

    /// Whether a queue stands that must go.
    boolean ends(QueueWatch queue, boolean paced) {
        return queue.standingMicros() > (paced ? least(queue) : Math.max(OPEN_MICROS, micros));
    }

    private long least(QueueWatch queue) {
        return queue.coarse() ? Math.max(COARSE_MICROS, micros) : micros;
    }

    /// Whether a queue may be building up.
    boolean tried(QueueWatch queue) {
        return queue.standingMicros() > least(queue) / 2;
    }

    /// Nothing waits: what was decreased had its effect, and patience fades.
    void calm(long nowNanos) {
        decreases = 0;
        long elapsed = Math.min(nowNanos - fadedNanos, FADES_NANOS);
        fadedNanos = nowNanos;
        long excess = micros - LEAST_MICROS;
        micros -= (long) Math.ceil((double) excess * elapsed / FADES_NANOS);
    }

    /// A queue stands that must go.
    ///
    /// @param ours whether as much is sent as the link was found to bear
    /// @return whether less is to be sent; else patience has grown instead
    boolean ended(long standingMicros, boolean ours, long nowNanos) {
        if (decreases >= DECREASES_WITHOUT_EFFECT) {
            grow(standingMicros * 3 / 2, MOST_MICROS, nowNanos);
            return false;
        }
        if (!ours && standingMicros < RESTLESS_MICROS) {
            grow(standingMicros * 2, RESTLESS_MICROS, nowNanos);
            return false;
        }
        if (standingMicros >= RESTLESS_MICROS) {
            micros = LEAST_MICROS;
        }
        decreases++;
        return true;
    }

    private void grow(long wanted, long most, long nowNanos) {
        micros = Math.max(micros, Math.min(wanted, most));
        fadedNanos = nowNanos;
        decreases = 0;
    }

    long micros() {
        return micros;
    }
}
