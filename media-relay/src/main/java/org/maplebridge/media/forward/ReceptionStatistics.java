package org.maplebridge.media.forward;

/// Loss, jitter and rate of one incoming stream, as its reports need them (RFC 3550 §A.3, §A.8).
///
/// Thread: its media loop.
public final class ReceptionStatistics {
    private static final long RATE_WINDOW_NANOS = 1_000_000_000L;

    private final int clockRate;
    private long baseSeq = -1;
    private long highestSeq = -1;
    private long received;
    private long expectedAtReport;
    private long receivedAtReport;

    private boolean anyTransit;
    private int transit;
    private int jitterTimes16;

    private long windowStartNanos;
    private long windowBytes;
    private long bitsPerSecond;

    ReceptionStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /// A new run of numbers: what was lost before counts no longer.
    void restart(long seq) {
        baseSeq = seq;
        highestSeq = seq - 1;
        received = 0;
        expectedAtReport = 0;
        receivedAtReport = 0;
        anyTransit = false;
    }

    /// A packet of the stream itself; what came by retransmission was lost all the same.
    void received(long seq, int timestamp, long arrivalNanos) {
        received++;
        if (seq > highestSeq) {
            highestSeq = seq;
            measureJitter(timestamp, arrivalNanos);
        }
    }

    private void measureJitter(int timestamp, long arrivalNanos) {
        int now = (int) Continuity.ticks(arrivalNanos, clockRate) - timestamp;
        if (anyTransit) {
            int difference = Math.abs(now - transit);
            if (difference < clockRate) { // a jump of a second is no jitter
                jitterTimes16 += difference - ((jitterTimes16 + 8) >> 4);
            }
        }
        anyTransit = true;
        transit = now;
    }

    long expected() {
        return baseSeq < 0 ? 0 : highestSeq - baseSeq + 1;
    }

    long lost() {
        return expected() - received;
    }

    /// Of 256, since the last call.
    public int fractionLost() {
        long expectedNow = expected() - expectedAtReport;
        long lostNow = expectedNow - (received - receivedAtReport);
        expectedAtReport = expected();
        receivedAtReport = received;
        return expectedNow <= 0 || lostNow <= 0
                ? 0
                : (int) Math.min(255, lostNow * 256 / expectedNow);
    }

    long highestSeq() {
        return highestSeq;
    }

    public int jitterTicks() {
        return jitterTimes16 >> 4;
    }

    public double jitterMillis() {
        return jitterTicks() * 1_000.0 / clockRate;
    }

    void bytes(int length, long nowNanos) {
        rollWindow(nowNanos);
        windowBytes += length;
    }

    /// Over about the last second.
    long bitsPerSecond(long nowNanos) {
        rollWindow(nowNanos);
        return bitsPerSecond;
    }

    private void rollWindow(long nowNanos) {
        long elapsed = nowNanos - windowStartNanos;
        if (elapsed >= RATE_WINDOW_NANOS) {
            boolean stale = elapsed >= 2 * RATE_WINDOW_NANOS;
            bitsPerSecond = stale ? 0 : windowBytes * 8 * RATE_WINDOW_NANOS / elapsed;
            windowBytes = 0;
            windowStartNanos = nowNanos;
        }
    }
}
