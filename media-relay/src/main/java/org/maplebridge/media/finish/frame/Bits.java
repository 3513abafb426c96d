package org.maplebridge.media.finish.frame;

/// Reads fields of some bits each, most significant first. Beyond the end it reads zeros and says
/// so.
///
/// Thread: confined to its reader's.
final class Bits {
    private final byte[] data;
    private final int end;
    private int at;

    /// @param begin of what is read, in bytes
    /// @param end behind it, in bytes
    Bits(byte[] data, int begin, int end) {
        this.data = data;
        this.at = 8 * begin;
        this.end = 8 * end;
    }

    boolean flag() {
        return bits(1) == 1;
    }

    /// @param count up to 32
    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | (at < end ? data[at >> 3] >> 7 - (at & 7) & 1 : 0);
            at++;
        }
        return value;
    }

    /// That many bits from a place counted from here.
    int from(int distance, int count) {
        skip(distance);
        return bits(count);
    }

    void skip(int count) {
        at += count;
    }

    /// A value of that many bits where a flag says that there is one.
    void skipIfThere(int count) {
        if (flag()) {
            skip(count);
        }
    }

    /// Where the next bit lies, counted from the array's beginning.
    int at() {
        return at;
    }

    /// Whether more was read than there is.
    boolean overrun() {
        return at > end;
    }
}
