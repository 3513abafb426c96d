package org.maplebridge.dispatch.telemetry;

/// How often one terminal may say where it is: twice a second. More tells nobody anything.
///
/// Pure. Thread: its owner's.
public final class ReportRate {
    private static final long WINDOW_NANOS = 1_000_000_000L;

    private long lastNanos;
    private long beforeNanos;

    public ReportRate(long nowNanos) {
        lastNanos = nowNanos - WINDOW_NANOS;
        beforeNanos = lastNanos;
    }

    /// @return false when it would be the third report within a second
    public boolean take(long nowNanos) {
        if (nowNanos - beforeNanos < WINDOW_NANOS) {
            return false;
        }
        beforeNanos = lastNanos;
        lastNanos = nowNanos;
        return true;
    }
}
