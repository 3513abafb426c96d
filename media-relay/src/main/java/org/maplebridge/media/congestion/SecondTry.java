package org.maplebridge.media.congestion;

/// When a link that was found too narrow for any picture beside talk is tried with one all the
/// same: voice alone never shows that the link has become better.
///
/// Seldom, for if it has not, voice waits a few ten milliseconds until that shows. On links on
/// which that would be a second it is done by and by ([Probation]).
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class SecondTry {
    static final long FIRST_NANOS = 15_000_000_000L;

    /// Where it costs voice less.
    static final long FIRST_GENTLY_NANOS = 5_000_000_000L;

    static final long LONGEST_NANOS = 80_000_000_000L;

    /// A picture's packet fits behind each packet of one voice then.
    private static final long ONE_VOICE = 250_000;

    /// Where there are more voices it takes more.
    private static final double MORE_VOICES = 1.3;

    /// Below, a picture is let on by and by.
    static final long GENTLY_BELOW = 200_000;

    /// Found too narrow again within it, it was tried in vain.
    private static final long IN_VAIN_NANOS = 10_000_000_000L;

    private boolean waiting;
    private long waitingNanos;
    private long afterNanos = FIRST_NANOS;
    private boolean everTried;
    private long triedNanos;

    /// What to take the link for then.
    static long bitsPerSecond(long estimate) {
        return Math.max(ONE_VOICE, (long) (estimate * MORE_VOICES));
    }

    static boolean gently(long estimate) {
        return estimate < GENTLY_BELOW;
    }

    /// To be called about every 100 ms.
    ///
    /// @param narrow whether no picture finds a place beside talk
    /// @param estimate what it is held to bear, in bit/s
    /// @return whether to take it for [#bitsPerSecond] now; then it counts as done
    boolean due(boolean narrow, long estimate, long nowNanos) {
        if (!narrow) {
            waiting = false;
            return false;
        }
        if (!waiting) {
            waiting = true;
            waitingNanos = nowNanos;
            boolean inVain = everTried && nowNanos - triedNanos < IN_VAIN_NANOS;
            long first = gently(estimate) ? FIRST_GENTLY_NANOS : FIRST_NANOS;
            afterNanos = inVain ? Math.min(afterNanos * 2, LONGEST_NANOS) : first;
        }
        if (nowNanos - waitingNanos < afterNanos) {
            return false;
        }
        waiting = false;
        everTried = true;
        triedNanos = nowNanos;
        return true;
    }
}
