package org.maplebridge.media.forward;

/// When a talk is over whose key was let go: the media say so, and where they do not, the clock
/// does. The word that the key is up often overtakes the last words said.
///
/// Thread: its media loop.
final class TalkEnd {
    /// Five packets of 20 ms missing in a row are no loss any more; half of it happens in a cell.
    static final long SILENCE_NANOS = 100_000_000L;

    /// Whoever waits for the floor waits no longer, whatever still comes.
    static final long LONGEST_NANOS = 400_000_000L;

    private final long sinceNanos;
    private long heardNanos;

    /// @param sinceNanos when the key was let go
    TalkEnd(long sinceNanos) {
        this.sinceNanos = sinceNanos;
        this.heardNanos = sinceNanos;
    }

    /// Takes the talker's next packet.
    ///
    /// @return whether it was the last one
    boolean packet(MediaPacket packet) {
        heardNanos = Math.max(heardNanos, packet.arrivalNanos);
        return packet.digitalSilence();
    }

    /// @param nextLookNanos when this is asked again: past the longest time is too late
    boolean over(long nowNanos, long nextLookNanos) {
        return nowNanos - heardNanos >= SILENCE_NANOS || nextLookNanos - sinceNanos > LONGEST_NANOS;
    }
}
