package org.maplebridge.media.rtp;

/// Continues 16-bit sequence numbers over their wraps, so that they can be compared and subtracted.
///
/// A number is taken as the nearest one to the highest seen so far, by at most 32,768 either way.
///
/// Thread: the one that owns the stream.
public final class SequenceUnwrapper {
    /// What comes out for the first number is one round above it: packets that were sent before the
    /// first one seen stay positive.
    private static final long FIRST_ROUND = 0x1_0000L;

    private long highest = -1;

    /// The unwrapped number; raises [#highest()].
    public long unwrap(int seq16) {
        long unwrapped = peek(seq16);
        if (unwrapped > highest) {
            highest = unwrapped;
        }
        return unwrapped;
    }

    /// As [#unwrap], but remembers nothing: to look at a number before it is trusted.
    public long peek(int seq16) {
        return highest < 0
                ? FIRST_ROUND + (seq16 & 0xffff)
                : highest + (short) (seq16 - (int) highest);
    }

    /// Highest unwrapped number so far, -1 before the first.
    public long highest() {
        return highest;
    }

    /// Forgets all: the next number is a first one.
    public void reset() {
        highest = -1;
    }
}
