package org.maplebridge.media.finish;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Encoded pictures cut into payloads as browsers cut them.
public final class Payloads {
    private static final int MOST = 1_100;

    private Payloads() {}

    /// RFC 7741 §4.
    public static List<byte[]> vp8(byte[] picture) {
        var payloads = new ArrayList<byte[]>();
        for (int at = 0; at < picture.length; at += MOST) {
            int length = Math.min(MOST, picture.length - at);
            payloads.add(
                    ByteBuffer.allocate(1 + length)
                            .put((byte) (at == 0 ? 0x10 : 0))
                            .put(picture, at, length)
                            .array());
        }
        return payloads;
    }

    /// RFC 6184: parameter sets together (STAP-A), long units in parts (FU-A).
    static List<byte[]> h264(byte[] annexB) {
        var payloads = new ArrayList<byte[]>();
        var sets = new ArrayList<byte[]>();
        for (byte[] unit : units(annexB)) {
            int type = unit[0] & 0x1f;
            if (type == 7 || type == 8) {
                sets.add(unit);
            } else if (unit.length <= MOST) {
                payloads.add(unit);
            } else {
                payloads.addAll(fragments(unit));
            }
        }
        if (!sets.isEmpty()) {
            payloads.addFirst(together(sets));
        }
        return payloads;
    }

    private static byte[] together(List<byte[]> units) {
        int length = units.stream().mapToInt(unit -> 2 + unit.length).sum();
        var bytes = ByteBuffer.allocate(1 + length).put((byte) (0x60 | 24));
        units.forEach(unit -> bytes.putShort((short) unit.length).put(unit));
        return bytes.array();
    }

    private static List<byte[]> fragments(byte[] unit) {
        var parts = new ArrayList<byte[]>();
        for (int at = 1; at < unit.length; at += MOST) {
            int length = Math.min(MOST, unit.length - at);
            int first = at == 1 ? 0x80 : 0;
            int last = at + length == unit.length ? 0x40 : 0;
            parts.add(
                    ByteBuffer.allocate(2 + length)
                            .put((byte) (unit[0] & 0xe0 | 28))
                            .put((byte) (first | last | unit[0] & 0x1f))
                            .put(unit, at, length)
                            .array());
        }
        return parts;
    }

    private static List<byte[]> units(byte[] annexB) {
        var units = new ArrayList<byte[]>();
        int begin = -1;
        for (int i = 0; i + 3 <= annexB.length; i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                if (begin >= 0) {
                    int end = annexB[i - 1] == 0 ? i - 1 : i;
                    units.add(Arrays.copyOfRange(annexB, begin, end));
                }
                begin = i + 3;
            }
        }
        units.add(Arrays.copyOfRange(annexB, begin, annexB.length));
        return units;
    }
}
