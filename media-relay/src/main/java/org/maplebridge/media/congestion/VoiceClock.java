package org.maplebridge.media.congestion;

/// When the next voice packet is to be expected, so that no picture's packet stands in its way.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class VoiceClock {
    static final long NOBODY = Long.MAX_VALUE;

    /// Opus' usual packet; others are learned.
    static final long USUAL_GAP_NANOS = 20_000_000L;

    private static final long SHORTEST_GAP_NANOS = 5_000_000L;
    private static final long LONGEST_GAP_NANOS = 70_000_000L;

    /// Who talked so lately will talk again.
    private static final long TALK_NANOS = 10_000_000_000L;

    /// So many gaps without a packet, and nobody talks any more.
    private static final int SILENT_GAPS = 3;

    /// Voices heard at once on one leg; of more the quietest is forgotten.
    private static final int VOICES = 4;

    private final int[] ssrcs = new int[VOICES];
    private final long[] lastNanos = new long[VOICES];
    private final long[] gapNanos = new long[VOICES];
    private final int[] bytes = new int[VOICES];
    private int voices;

    /// A voice packet left.
    ///
    /// @param length of the datagram
    void left(int ssrc, int length, long nowNanos) {
        int at = find(ssrc);
        if (at < 0) {
            at = voices < VOICES ? voices++ : quietest();
            ssrcs[at] = ssrc;
            gapNanos[at] = USUAL_GAP_NANOS;
        } else {
            long gap = nowNanos - lastNanos[at];
            if (gap >= SHORTEST_GAP_NANOS && gap <= LONGEST_GAP_NANOS) {
                gapNanos[at] += (gap - gapNanos[at]) / 8;
            }
        }
        lastNanos[at] = nowNanos;
        bytes[at] = length;
    }

    private int find(int ssrc) {
        for (int i = 0; i < voices; i++) {
            if (ssrcs[i] == ssrc) {
                return i;
            }
        }
        return -1;
    }

    private int quietest() {
        int found = 0;
        for (int i = 1; i < voices; i++) {
            found = lastNanos[i] - lastNanos[found] < 0 ? i : found;
        }
        return found;
    }

    /// Whether anybody talked in the last seconds.
    boolean talkedLately(long nowNanos) {
        boolean talked = false;
        for (int i = 0; i < voices; i++) {
            talked |= nowNanos - lastNanos[i] < TALK_NANOS;
        }
        return talked;
    }

    /// Whether a voice packet left within `nanos`.
    boolean justLeft(long nanos, long nowNanos) {
        boolean just = false;
        for (int i = 0; i < voices; i++) {
            just |= nowNanos - lastNanos[i] <= nanos;
        }
        return just;
    }

    /// Mean distance between the packets of all who talk now; [#NOBODY] when nobody does.
    long gapNanos(long nowNanos) {
        double perNano = 0;
        for (int i = 0; i < voices; i++) {
            perNano += talks(i, nowNanos) ? 1.0 / gapNanos[i] : 0;
        }
        return perNano == 0 ? NOBODY : (long) (1 / perNano);
    }

    /// Of the packets that left last of all who talk now.
    int longestBytes(long nowNanos) {
        int longest = 0;
        for (int i = 0; i < voices; i++) {
            longest = talks(i, nowNanos) ? Math.max(longest, bytes[i]) : longest;
        }
        return longest;
    }

    private boolean talks(int voice, long nowNanos) {
        return nowNanos - lastNanos[voice] < SILENT_GAPS * gapNanos[voice];
    }

    /// At any moment, and `nowNanos` itself, when one is overdue; [#NOBODY] when nobody talks.
    long nextNanos(long nowNanos) {
        long next = NOBODY;
        for (int i = 0; i < voices; i++) {
            if (talks(i, nowNanos)) {
                next = Math.min(next, Math.max(nowNanos, lastNanos[i] + gapNanos[i]));
            }
        }
        return next;
    }
}
