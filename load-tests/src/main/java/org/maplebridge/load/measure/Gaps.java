package org.maplebridge.load.measure;

import java.util.List;

/// How long nothing came.
///
/// Pure. Thread: any.
public final class Gaps {
    private Gaps() {}

    /// The longest time within which none of these moments lies, in milliseconds.
    ///
    /// @param moments ascending, in nanoseconds of any one clock, as the others
    public static double longestMillis(List<Long> moments, long fromNanos, long untilNanos) {
        long before = fromNanos;
        long longest = 0;
        for (long next : moments) {
            if (next >= fromNanos && next <= untilNanos) {
                longest = Math.max(longest, next - before);
                before = next;
            }
        }
        return Math.max(longest, untilNanos - before) / 1e6;
    }
}
