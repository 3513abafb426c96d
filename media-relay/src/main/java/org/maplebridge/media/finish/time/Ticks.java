package org.maplebridge.media.finish.time;

/// Counts a wrapping timestamp on, forwards and backwards.
///
/// Pure. Thread: confined to its stream.
public final class Ticks {
    private boolean begun;
    private long last;

    /// The timestamp without wraps, near the one before.
    public long unwrap(int timestamp) {
        last = begun ? last + (timestamp - (int) last) : Integer.toUnsignedLong(timestamp);
        begun = true;
        return last;
    }
}
