package org.maplebridge.media.congestion;

import java.util.Arrays;

/// What the way takes when nothing waits: the least that packets of a size took in the last ten to
/// twenty seconds. A large one takes longer on a narrow link, and that is no wait. All is forgotten
/// in time because ways and clocks change.
///
/// Pure: moments are handed in. Thread: its leg's media loop.
final class QuickestWay {
    static final long HALF_NANOS = 10_000_000_000L;

    private static final int CLASS_BYTES = 256;
    private static final int CLASSES = 6;
    private static final long UNKNOWN = Long.MAX_VALUE;

    /// What a class takes longer than the one below on the slowest link that is watched (500
    /// kbit/s): a packet that took more has waited, even if it is the first of its size.
    private static final long CLASS_MICROS = CLASS_BYTES * 8_000L / 500;

    private final long[] current = new long[CLASSES];
    private final long[] before = new long[CLASSES];
    private boolean begun;
    private long halfEndNanos;

    QuickestWay() {
        forget();
    }

    void took(long micros, int bytes, long nanos) {
        if (!begun) {
            begun = true;
            halfEndNanos = nanos + HALF_NANOS;
        } else if (nanos - halfEndNanos >= 0) {
            System.arraycopy(current, 0, before, 0, CLASSES);
            if (nanos - halfEndNanos >= HALF_NANOS) {
                Arrays.fill(before, UNKNOWN);
            }
            Arrays.fill(current, UNKNOWN);
            halfEndNanos = nanos + HALF_NANOS;
        }
        int at = classOf(bytes);
        current[at] = Math.min(current[at], micros);
    }

    /// Only after the first that [#took] something.
    long micros(int bytes) {
        int at = classOf(bytes);
        long least = UNKNOWN;
        for (int i = at; i < CLASSES; i++) { // no larger one was quicker than this size can be
            least = Math.min(least, Math.min(current[i], before[i]));
        }
        for (int i = 0; i < at; i++) {
            long smaller = Math.min(current[i], before[i]);
            if (smaller != UNKNOWN) {
                least = Math.min(least, smaller + (at - i) * CLASS_MICROS);
            }
        }
        return least;
    }

    /// Another way or another clock.
    final void forget() {
        Arrays.fill(current, UNKNOWN);
        Arrays.fill(before, UNKNOWN);
        begun = false;
    }

    private static int classOf(int bytes) {
        return Math.min(bytes / CLASS_BYTES, CLASSES - 1);
    }
}
