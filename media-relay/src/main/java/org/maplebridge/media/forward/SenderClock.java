package org.maplebridge.media.forward;

/// Which timestamp of a line belongs to which moment: what sender reports tell, and lip sync rests
/// on.
///
/// Moments are the relay's own. Publishers' clocks differ, so one that is switched for another must
/// not make the viewer's time jump; streams of one publisher share the same conversion, so they
/// keep exactly the distance their reports give them.
///
/// Thread: its media loop.
public final class SenderClock {
    private boolean known;
    private long atNanos;
    private int timestamp;

    public boolean known() {
        return known;
    }

    public long atNanos() {
        return atNanos;
    }

    public int timestamp() {
        return timestamp;
    }

    public void set(long newAtNanos, int newTimestamp) {
        known = true;
        atNanos = newAtNanos;
        timestamp = newTimestamp;
    }

    void forget() {
        known = false;
    }

    /// The line's timestamp of a moment, by the nominal clock rate, rounded to the tick.
    int timestampAt(long nanos, int clockRate) {
        long elapsed = nanos - atNanos;
        long seconds = Math.floorDiv(elapsed, 1_000_000_000L);
        long rest = Math.floorMod(elapsed, 1_000_000_000L);
        long ticks = seconds * clockRate + (rest * clockRate + 500_000_000L) / 1_000_000_000L;
        return timestamp + (int) ticks;
    }
}
