package org.maplebridge.media.netty;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long datagrams stayed in the relay, from the start of their read burst until the kernel had
/// them, in fixed buckets.
///
/// Thread: written by one media loop, read by any.
final class LatencyHistogram {
    /// Upper bounds, inclusive; longer stays count in one more bucket.
    static final long[] BOUNDS_NANOS =
            Arrays.stream(
                            new long[] {
                                25, 50, 100, 200, 300, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000,
                                10_000, 20_000, 50_000, 100_000, 250_000
                            })
                    .map(micros -> micros * 1_000)
                    .toArray();

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_NANOS.length + 1);
    private final AtomicLong sumNanos = new AtomicLong();

    void record(long nanos, int datagrams) {
        int bucket = 0;
        while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
            bucket++;
        }
        // One writer: no atomic addition needed, only that readers see whole values.
        counts.setOpaque(bucket, counts.getPlain(bucket) + datagrams);
        sumNanos.setOpaque(sumNanos.getPlain() + nanos * datagrams);
    }

    void addTo(long[] totals) {
        for (int i = 0; i < totals.length; i++) {
            totals[i] += counts.getOpaque(i);
        }
    }

    long sumNanos() {
        return sumNanos.getOpaque();
    }
}
