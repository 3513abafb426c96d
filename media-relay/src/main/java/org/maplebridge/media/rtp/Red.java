package org.maplebridge.media.rtp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.maplebridge.media.wire.Bytes;

/// The form of redundant audio: older blocks in front of the newest, the primary one.
///
/// ```
///  0                   1                    2                   3     RFC 2198 §3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3  4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |1|  block PT   |      timestamp offset     |   block length    |  of each older block
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|  block PT   |  of the primary block, which goes on to the end
/// ```
public final class Red {
    public static final int HEAD_LENGTH = 4;
    public static final int PRIMARY_HEAD_LENGTH = 1;

    /// 10 bits.
    public static final int LONGEST_BLOCK = 0x3ff;

    /// 14 bits: a third of a second of Opus.
    public static final int MOST_TICKS_BACK = 0x3fff;

    private Red() {}

    /// Writes the head of an older block.
    ///
    /// @return the offset behind it
    public static long putHead(
            MemorySegment memory, long offset, int payloadType, int ticksBack, int blockLength) {
        int head = 0x80 << 24 | (payloadType & 0x7f) << 24 | ticksBack << 10 | blockLength;
        memory.set(Bytes.INT, offset, head);
        return offset + HEAD_LENGTH;
    }

    /// Writes the head of the primary block, behind all others.
    ///
    /// @return the offset behind it
    public static long putPrimaryHead(MemorySegment memory, long offset, int payloadType) {
        memory.set(ValueLayout.JAVA_BYTE, offset, (byte) (payloadType & 0x7f));
        return offset + PRIMARY_HEAD_LENGTH;
    }
}
