package org.maplebridge.media.congestion;

/// When a picture that the downlink does not bear is left out, and when it is tried again: from one
/// key frame to another, never in between, for nothing in between can be decoded.
///
/// Pure: the time is handed in. Thread: its media loop.
public final class Thinning {
    /// A picture's packets wait so long when more comes than goes: then waiting helps nobody.
    static final long QUEUE_NANOS = 250_000_000L;

    /// And so long in any case, after a key frame that is large for the link.
    static final long LONGEST_QUEUE_NANOS = 1_000_000_000L;

    /// Nothing was admitted for so long, in the middle of a picture: somebody talks.
    static final long STUCK_NANOS = 600_000_000L;

    /// The publisher needs a moment to send less, and the link to drain.
    static final long SHORTEST_PAUSE_NANOS = 400_000_000L;

    /// A picture that does not fit the link is shown as single pictures, this often at most.
    static final long FIRST_PAUSE_NANOS = 1_500_000_000L;

    static final long LONGEST_PAUSE_NANOS = 3_000_000_000L;

    /// Shown so long without being left out again, it fits.
    static final long FITS_NANOS = 4_000_000_000L;

    /// What was asked for comes within it, or is somebody else's.
    static final long ASKED_NANOS = 3_000_000_000L;

    private boolean paused;
    private long pausedNanos;
    private long resumedNanos;
    private boolean everResumed;
    private int failures;
    private boolean asked;
    private long askedNanos;

    /// Whether what waits for `ageNanos` is to be left out up to the next key frame.
    ///
    /// @param bearable whether the downlink bears what comes
    public static boolean late(long ageNanos, boolean bearable) {
        return ageNanos > (bearable ? LONGEST_QUEUE_NANOS : QUEUE_NANOS);
    }

    /// Whether a picture begun is to be left out too, because its last packet went `sinceNanos`
    /// ago.
    public static boolean stuck(long sinceNanos) {
        return sinceNanos > STUCK_NANOS;
    }

    /// Left out from now on.
    public void pause(long nowNanos) {
        boolean soon = everResumed && nowNanos - resumedNanos < FITS_NANOS;
        failures = soon ? failures + 1 : 0;
        paused = true;
        asked = false;
        pausedNanos = nowNanos;
    }

    /// Whether to show the picture again from a key frame that is here now.
    public boolean resumes(boolean bearable, long nowNanos) {
        boolean called = asked && nowNanos - askedNanos < ASKED_NANOS;
        return called || overdue(bearable, nowNanos);
    }

    /// Whether to ask for a key frame now; then it counts as done.
    public boolean asks(boolean bearable, long nowNanos) {
        boolean waiting = asked && nowNanos - askedNanos < ASKED_NANOS;
        if (!paused || waiting || !overdue(bearable, nowNanos)) {
            return false;
        }
        asked = true;
        askedNanos = nowNanos;
        return true;
    }

    private boolean overdue(boolean bearable, long nowNanos) {
        long first = bearable ? SHORTEST_PAUSE_NANOS : FIRST_PAUSE_NANOS;
        long pause = Math.min(first << Math.min(failures, 4), LONGEST_PAUSE_NANOS);
        return nowNanos - pausedNanos >= pause;
    }

    public void resume(long nowNanos) {
        paused = false;
        everResumed = true;
        resumedNanos = nowNanos;
    }
}
