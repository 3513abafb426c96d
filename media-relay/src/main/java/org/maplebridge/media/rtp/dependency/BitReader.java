package org.maplebridge.media.rtp.dependency;

/// Reads fields of some bits each, most significant first. Beyond the end it reads zeros and says
/// so.
///
/// Thread: confined to its reader's.
final class BitReader {
    private byte[] data = {};
    private int at;
    private int end;
    private boolean overrun;

    void begin(byte[] bytes, int offset, int length) {
        data = bytes;
        at = offset * 8;
        end = (offset + length) * 8;
        overrun = false;
    }

    boolean flag() {
        return bits(1) == 1;
    }

    /// @param count up to 32
    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value <<= 1;
            if (at < end) {
                value |= data[at >> 3] >> 7 - (at & 7) & 1;
            } else {
                overrun = true;
            }
            at++;
        }
        return value;
    }

    /// One of `count` values in as few bits as it takes: `ns(n)` of the AV1 specification, 4.10.7.
    int nonSymmetric(int count) {
        int width = 32 - Integer.numberOfLeadingZeros(count);
        int shorter = (1 << width) - count;
        int value = bits(width - 1);
        return value < shorter ? value : (value << 1) - shorter + bits(1);
    }

    /// Whether more was read than there is.
    boolean overrun() {
        return overrun;
    }
}
