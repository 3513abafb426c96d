package org.maplebridge.media.congestion;

/// How many bits a second a count grew by, told from the count alone where it is asked for seldom
/// and grows with every packet.
///
/// Pure: the time is handed in. Thread: its leg's media loop.
final class CountedRate {
    /// Shorter spans say little of a picture's rate.
    static final long SHORTEST_NANOS = 250_000_000L;

    private boolean begun;
    private long countBefore;
    private long nanosBefore;
    private long bitsPerSecond;

    /// Since it was last asked, or a quarter second and more before that.
    long bitsPerSecond(long bytes, long nowNanos) {
        long span = nowNanos - nanosBefore;
        if (!begun || span >= SHORTEST_NANOS) {
            bitsPerSecond = begun ? (bytes - countBefore) * 8_000_000_000L / span : 0;
            begun = true;
            countBefore = bytes;
            nanosBefore = nowNanos;
        }
        return bitsPerSecond;
    }
}
