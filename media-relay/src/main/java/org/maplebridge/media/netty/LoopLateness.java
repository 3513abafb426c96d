package org.maplebridge.media.netty;

/// How late a loop's clock strikes: what packets and floors wait for a processor, whoever has it –
/// other packets, another process, or a neighbour on the same hardware (steal).
///
/// Thread: written by its loop, read by any.
final class LoopLateness {
    /// As much as any busy machine lets a thread wait now and then. Players hide it.
    static final long GRACE_NANOS = 30_000_000;

    private volatile long dueNanos;
    private volatile long lateNanos;
    private volatile boolean awaited;

    /// The clock is to strike at this moment.
    void expect(long atNanos) {
        dueNanos = atNanos;
        awaited = true;
    }

    void struck(long nowNanos) {
        long late = beyond(nowNanos);
        awaited = false;
        if (late > 0) {
            lateNanos = lateNanos + late; // one thread writes
        }
    }

    private long beyond(long nowNanos) {
        return awaited ? Math.max(0, nowNanos - dueNanos - GRACE_NANOS) : 0;
    }

    /// Lateness beyond the grace since the start, with what is late at this moment.
    long totalNanos(long nowNanos) {
        return lateNanos + beyond(nowNanos);
    }
}
