package org.maplebridge.media.congestion;

import java.util.Arrays;

/// How many bits a second pass a point, over about the last half second.
///
/// Pure: moments are handed in, of any one clock. Thread: its leg's media loop.
final class ByteRate {
    static final long BUCKET_NANOS = 50_000_000L;
    private static final int BUCKETS = 10;

    private final long[] bytes = new long[BUCKETS];
    private boolean begun;
    private long firstBucket;
    private long newestBucket;
    private int newestIndex;
    private long newestEndNanos;
    private long sum;

    /// What comes a little late counts as now.
    void add(int count, long nanos) {
        roll(nanos);
        bytes[newestIndex] += count;
        sum += count;
    }

    long bitsPerSecond(long nanos) {
        if (!begun) {
            return 0;
        }
        roll(nanos);
        long oldest = Math.max(firstBucket, newestBucket - BUCKETS + 1);
        long span = Math.max(BUCKET_NANOS, nanos - oldest * BUCKET_NANOS);
        return sum * 8_000_000_000L / span;
    }

    private void roll(long nanos) {
        if (begun && nanos < newestEndNanos && newestEndNanos - nanos < BUCKETS * BUCKET_NANOS) {
            return;
        }
        long bucket = Math.floorDiv(nanos, BUCKET_NANOS);
        if (!begun || bucket < newestBucket || bucket - newestBucket >= BUCKETS) {
            restart(bucket);
        }
        while (newestBucket < bucket) {
            newestBucket++;
            newestIndex = newestIndex + 1 == BUCKETS ? 0 : newestIndex + 1;
            sum -= bytes[newestIndex];
            bytes[newestIndex] = 0;
        }
        newestEndNanos = (bucket + 1) * BUCKET_NANOS;
    }

    /// Nothing of what was counted is of the last half second, or the clock was set back.
    private void restart(long bucket) {
        Arrays.fill(bytes, 0);
        sum = 0;
        firstBucket = bucket;
        newestBucket = bucket;
        newestIndex = 0;
        begun = true;
    }
}
