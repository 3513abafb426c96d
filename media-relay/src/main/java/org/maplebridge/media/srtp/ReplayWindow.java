package org.maplebridge.media.srtp;

/// Which of the latest packet numbers of one stream have been seen (RFC 3711 §3.3.2).
///
/// Thread: its leg's media loop.
public final class ReplayWindow {
    private final long[] seen;
    private long highest = -1;

    /// @param size a power of two, at least 64
    public ReplayWindow(int size) {
        seen = new long[size >> 6];
    }

    /// Highest number seen, -1 before the first.
    long highest() {
        return highest;
    }

    /// Whether this number is new, and not older than the window reaches.
    public boolean admits(long index) {
        if (index > highest) {
            return true;
        }
        return highest - index < size() && (seen[word(index)] & 1L << index) == 0;
    }

    /// Notes an admitted number, once its packet proved authentic.
    public void accept(long index) {
        if (index > highest) {
            forgetUpTo(index);
            highest = index;
        }
        seen[word(index)] |= 1L << index;
    }

    /// Clears the places the window moves over; a leap clears each word once, however far it is.
    private void forgetUpTo(long index) {
        long from = Math.max(highest + 1, index - size() + 1);
        for (long i = from; i <= index; i++) {
            if ((i & 63) == 0 && i + 63 <= index) {
                seen[word(i)] = 0;
                i += 63;
            } else {
                seen[word(i)] &= ~(1L << i);
            }
        }
    }

    private int size() {
        return seen.length << 6;
    }

    private int word(long index) {
        return (int) (index >>> 6) & seen.length - 1;
    }
}
