package org.maplebridge.media.congestion;

import java.util.Arrays;

/// What a publisher is asked to send at most, so that its viewers' downlinks bear it: as much as
/// the narrowest of them does (draft-alvestrand-rmcat-remb-03), but not less than is of use.
///
/// A wish must be renewed, so that a viewer that left or looks elsewhere needs no goodbye. When
/// nobody wishes any more, the limit is raised step by step until it is none.
///
/// Pure: the time is handed in. Thread: its source's media loop.
public final class RateAsk {
    /// Below it a picture is of no use to its only viewer: browsers make ten small pictures a
    /// second of it.
    public static final long FLOOR = 80_000;

    /// Below it a picture is of no use to those who could see more: a viewer that does not even
    /// bear this has its picture paused, and the others keep theirs.
    public static final long SHARED_FLOOR = 500_000;

    /// "As much as you like."
    public static final long UNLIMITED = 20_000_000;

    static final long WISH_LASTS_NANOS = 1_000_000_000L;

    /// The same again in case it was lost.
    static final long REPEAT_NANOS = 1_000_000_000L;

    static final long RISE_NANOS = 200_000_000L;
    static final long RELEASE_NANOS = 500_000_000L;

    /// The end of a limit is told so often: nothing is told afterwards that could make up for it.
    private static final int FAREWELLS = 3;

    private static final double RELEASE_STEP = 1.5;
    private static final double LOWER = 0.97;
    private static final double HIGHER = 1.05;

    private long[] wishes = {};
    private long[] wishedNanos = {};
    private boolean shared;
    private long told;
    private long toldNanos;
    private int farewells;
    private boolean urgent;

    /// The narrowest viewer on `loop` bears `bitsPerSecond`.
    ///
    /// @param viewers on all loops
    public void wish(int loop, long bitsPerSecond, int viewers, long nowNanos) {
        if (loop >= wishes.length) {
            wishes = Arrays.copyOf(wishes, loop + 1);
            wishedNanos = Arrays.copyOf(wishedNanos, loop + 1);
        }
        wishes[loop] = Math.max(1, bitsPerSecond);
        wishedNanos[loop] = nowNanos;
        shared = viewers > 1;
        urgent |= isDrop(limit(nowNanos));
    }

    /// Whether it must not wait for the next report.
    public boolean urgent() {
        return urgent;
    }

    /// What to tell the publisher now, in bit/s, 0 for nothing; then it counts as done.
    public long due(long nowNanos) {
        urgent = false;
        long limit = limit(nowNanos);
        long since = nowNanos - toldNanos;
        if (limit == 0) {
            return told != 0 && since >= RELEASE_NANOS ? release(nowNanos) : 0;
        }
        boolean rise = limit > told * HIGHER && since >= RISE_NANOS;
        return isDrop(limit) || rise || since >= REPEAT_NANOS ? tell(limit, nowNanos) : 0;
    }

    private long release(long nowNanos) {
        long next = (long) (told * RELEASE_STEP);
        if (next < UNLIMITED) {
            return tell(next, nowNanos);
        }
        tell(UNLIMITED, nowNanos);
        farewells++;
        if (farewells >= FAREWELLS) {
            told = 0;
        }
        return UNLIMITED;
    }

    private long tell(long bitsPerSecond, long nowNanos) {
        told = bitsPerSecond;
        toldNanos = nowNanos;
        farewells = bitsPerSecond < UNLIMITED ? 0 : farewells;
        return bitsPerSecond;
    }

    private boolean isDrop(long limit) {
        return limit != 0 && (told == 0 || limit < told * LOWER);
    }

    private long limit(long nowNanos) {
        long least = Long.MAX_VALUE;
        for (int loop = 0; loop < wishes.length; loop++) {
            boolean fresh = wishes[loop] != 0 && nowNanos - wishedNanos[loop] < WISH_LASTS_NANOS;
            least = fresh ? Math.min(least, wishes[loop]) : least;
        }
        if (least >= UNLIMITED) {
            return 0;
        }
        return Math.max(least, shared ? SHARED_FLOOR : FLOOR);
    }

    /// What was told last, 0 when there is no limit.
    public long told() {
        return told;
    }
}
