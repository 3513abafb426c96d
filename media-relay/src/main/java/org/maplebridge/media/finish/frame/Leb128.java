package org.maplebridge.media.finish.frame;

import java.io.ByteArrayOutputStream;

/// Numbers in seven bits a byte, the lowest first (AV1 bitstream specification, 4.10.5).
final class Leb128 {
    private static final int MOST_BYTES = 8;

    private Leb128() {}

    /// How many bytes the number takes; 0 when it is none, or does not end before `end`.
    static int length(byte[] data, int at, int end) {
        for (int i = 0; i < MOST_BYTES && at + i < end; i++) {
            if (data[at + i] >= 0) {
                return i + 1;
            }
        }
        return 0;
    }

    /// @param length as [#length] told
    static long read(byte[] data, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 7 | data[at + i] & 0x7f;
        }
        return value;
    }

    static void write(int value, ByteArrayOutputStream to) {
        int rest = value;
        while (rest > 0x7f) {
            to.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        to.write(rest);
    }
}
