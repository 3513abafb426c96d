package org.maplebridge.media.rtp;

/// Keeps a number that wraps going on where what is numbered comes from several senders one after
/// the other.
///
/// Thread: confined to its stream's.
final class RunningNumber {
    private final int mask;
    private boolean any;
    private boolean pending;
    private int shift;
    private int last;

    /// @param bits of the number
    RunningNumber(int bits) {
        mask = (1 << bits) - 1;
    }

    /// The next one is another sender's, or of another run of the same.
    void begin() {
        pending = true;
    }

    /// What a sender's number becomes.
    int of(int number) {
        if (pending) {
            pending = false;
            shift = any ? last + 1 - number & mask : 0;
        }
        int out = number + shift & mask;
        if (!any || (out - last & mask) <= mask / 2) {
            any = true;
            last = out;
        }
        return out;
    }

    /// Whether a number is another than its sender's.
    boolean shifted() {
        return shift != 0;
    }
}
