package org.maplebridge.load.measure;

import java.util.Arrays;

/// Counts delays in buckets 3 % wide, from 1 µs on; cheap enough for every packet.
///
/// Thread: its client thread; read when that has stopped or been asked.
public final class DelayHistogram {
    private static final int STEPS = 32; // per doubling
    private static final int DOUBLINGS = 40;

    private final long[] counts = new long[STEPS * DOUBLINGS];
    private long total;

    public void record(long nanos) {
        counts[bucketOf(Math.max(nanos, 1))]++;
        total++;
    }

    public void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    public void add(DelayHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    public long total() {
        return total;
    }

    /// The delay that `fraction` of all stay within, in microseconds; 0 when nothing was counted.
    public double percentileMicros(double fraction) {
        long wanted = (long) Math.ceil(fraction * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return upperBoundNanos(i) / 1_000.0;
            }
        }
        return 0;
    }

    private static int bucketOf(long nanos) {
        int doubling = 63 - Long.numberOfLeadingZeros(nanos);
        long rest = nanos - (1L << doubling);
        int step = (int) ((rest * STEPS) >> doubling);
        return Math.min(doubling * STEPS + step, STEPS * DOUBLINGS - 1);
    }

    private static double upperBoundNanos(int bucket) {
        int doubling = bucket / STEPS;
        int step = bucket % STEPS + 1;
        return (1L << doubling) * (1.0 + (double) step / STEPS);
    }
}
