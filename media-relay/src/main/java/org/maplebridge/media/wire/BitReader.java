package org.maplebridge.media.wire;

/// Reads fields of some bits each, most significant first. Beyond the end it reads zeros and says
/// so.
///
/// Thread: confined to its reader's.
public final class BitReader {
    private byte[] data = {};
    private int at;
    private int end;

    /// With nothing to read until [#begin].
    public BitReader() {}

    public BitReader(byte[] data, int offset, int length) {
        begin(data, offset, length);
    }

    /// Reads these bytes from now on.
    public void begin(byte[] bytes, int offset, int length) {
        data = bytes;
        at = 8 * offset;
        end = 8 * (offset + length);
    }

    public boolean flag() {
        return bits(1) == 1;
    }

    /// @param count up to 32
    public int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | (at < end ? data[at >> 3] >> 7 - (at & 7) & 1 : 0);
            at++;
        }
        return value;
    }

    /// One of `count` values in as few bits as it takes: `ns(n)` of the AV1 specification, 4.10.7.
    public int nonSymmetric(int count) {
        int width = 32 - Integer.numberOfLeadingZeros(count);
        int shorter = (1 << width) - count;
        int value = bits(width - 1);
        return value < shorter ? value : (value << 1) - shorter + bits(1);
    }

    public void skip(int count) {
        at += count;
    }

    /// A value of that many bits where a flag says that there is one.
    public void skipIfThere(int count) {
        if (flag()) {
            skip(count);
        }
    }

    /// Where the next bit lies, counted from the array's beginning.
    public int at() {
        return at;
    }

    /// Whether more was read than there is.
    public boolean overrun() {
        return at > end;
    }
}
