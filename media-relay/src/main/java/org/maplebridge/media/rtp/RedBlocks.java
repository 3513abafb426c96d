package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// The blocks of one redundant packet, oldest first, the primary one last: where they lie and what
/// their heads say (RFC 2198 §3, drawn at [Red]).
///
/// Thread: its media loop; good until the next [#read].
public final class RedBlocks {
    /// Browsers send nine older blocks at the most.
    public static final int MOST_BLOCKS = 16;

    private final int[] payloadTypes = new int[MOST_BLOCKS];
    private final int[] ticksBack = new int[MOST_BLOCKS];
    private final int[] begins = new int[MOST_BLOCKS];
    private final int[] lengths = new int[MOST_BLOCKS];
    private int count;

    /// @return how many blocks there are, or the code of a drop reason; then there are none
    public int read(byte[] data, int offset, int length) {
        count = 0;
        int at = 0;
        int found = 0;
        while (at < length && data[offset + at] < 0) {
            if (found == MOST_BLOCKS - 1 || at + Red.HEAD_LENGTH > length) {
                return DropReason.MALFORMED.code();
            }
            int head = Bytes.i32(data, offset + at);
            payloadTypes[found] = head >> 24 & 0x7f;
            ticksBack[found] = head >> 10 & Red.MOST_TICKS_BACK;
            lengths[found] = head & Red.LONGEST_BLOCK;
            found++;
            at += Red.HEAD_LENGTH;
        }
        if (at >= length) {
            return DropReason.MALFORMED.code();
        }
        payloadTypes[found] = data[offset + at];
        ticksBack[found] = 0;
        at += Red.PRIMARY_HEAD_LENGTH;
        for (int i = 0; i < found; i++) {
            begins[i] = offset + at;
            at += lengths[i];
        }
        if (at > length) {
            return DropReason.MALFORMED.code();
        }
        begins[found] = offset + at;
        lengths[found] = length - at;
        count = found + 1;
        return count;
    }

    /// How many blocks there are, the primary one included.
    public int count() {
        return count;
    }

    public int primary() {
        return count - 1;
    }

    public int payloadType(int block) {
        return payloadTypes[block];
    }

    /// How much earlier than the primary one it is, by the stream's clock.
    public int ticksBack(int block) {
        return ticksBack[block];
    }

    /// Array index of its first byte.
    public int begin(int block) {
        return begins[block];
    }

    public int length(int block) {
        return lengths[block];
    }
}
