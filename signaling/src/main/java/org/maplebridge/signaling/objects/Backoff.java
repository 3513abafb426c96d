package org.maplebridge.signaling.objects;

import java.time.Duration;

/// How long to wait after so many failures in a row: twice as long each time, up to five minutes.
///
/// Pure.
public final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;

    private Backoff() {}

    /// @param failures in a row, at least 1
    public static Duration after(int failures) {
        var wait = FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
