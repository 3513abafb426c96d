package org.maplebridge.media.forward.repair;

import java.util.Arrays;

/// How much a slot repeats: a viewer that asks for everything again, and again, must not get it
/// all.
///
/// Thread: its media loop.
public final class ResendBudget {
    /// Packets that may be repeated at once: a lost burst of one large picture.
    static final int BURST = 128;

    /// As many packets a second as a 5 Mbit/s stream has: then everything goes out twice.
    static final long REFILL_NANOS = 2_000_000L;

    /// A repeat cannot have been missed sooner.
    static final long SHORTEST_REPEAT_NANOS = 15_000_000L;

    private static final int REMEMBERED = 128;

    private long[] seqs = {};
    private long[] sentAtNanos = {};
    private int tokens = BURST;
    private long filledAtNanos;

    /// Whether nothing more may be repeated now.
    public boolean spent(long nowNanos) {
        refill(nowNanos);
        return tokens == 0;
    }

    /// Whether `seq` may be repeated now; then it counts as done.
    public boolean allows(long seq, long roundTripNanos, long nowNanos) {
        if (spent(nowNanos)) {
            return false;
        }
        if (seqs.length == 0) {
            seqs = new long[REMEMBERED];
            sentAtNanos = new long[REMEMBERED];
            Arrays.fill(seqs, -1);
        }
        int at = (int) seq & REMEMBERED - 1;
        long repeat = Math.max(SHORTEST_REPEAT_NANOS, roundTripNanos / 2);
        if (seqs[at] == seq && nowNanos - sentAtNanos[at] < repeat) {
            return false;
        }
        seqs[at] = seq;
        sentAtNanos[at] = nowNanos;
        tokens--;
        return true;
    }

    private void refill(long nowNanos) {
        long earned = (nowNanos - filledAtNanos) / REFILL_NANOS;
        if (earned > 0) {
            tokens = (int) Math.min(BURST, tokens + earned);
            filledAtNanos = tokens == BURST ? nowNanos : filledAtNanos + earned * REFILL_NANOS;
        }
    }
}
