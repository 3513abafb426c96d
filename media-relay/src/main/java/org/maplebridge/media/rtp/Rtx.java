package org.maplebridge.media.rtp;

import java.lang.foreign.MemorySegment;
import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Retransmission packets: the original payload behind its original sequence number (RFC 4588 §4).
public final class Rtx {
    /// Original sequence number in front of the payload.
    public static final int OVERHEAD = 2;

    private Rtx() {}

    /// Makes the packet what it was before retransmission, in place and without moving the payload:
    /// it then begins [#OVERHEAD] bytes later, at `offset + 2`.
    ///
    /// @param length without padding: see [RtpHeader#payloadLength]
    /// @return the original packet's length, or a [DropReason] code: `EMPTY` for a probe that
    ///   carries nothing (browsers send them to measure bandwidth)
    public static int unwrap(
            byte[] data, int offset, int length, int headerLength, int ssrc, int payloadType) {
        int payload = length - headerLength;
        if (payload <= OVERHEAD) {
            return payload == 0 || payload == OVERHEAD
                    ? DropReason.EMPTY.code()
                    : DropReason.MALFORMED.code();
        }
        int original = Bytes.u16(data, offset + headerLength);
        System.arraycopy(data, offset, data, offset + OVERHEAD, headerLength);
        int begin = offset + OVERHEAD;
        RtpHeader.clearPadding(data, begin);
        RtpHeader.setPayloadType(data, begin, payloadType);
        RtpHeader.setSequence(data, begin, original);
        RtpHeader.setSsrc(data, begin, ssrc);
        return length - OVERHEAD;
    }

    /// Writes the original sequence number right behind a retransmission's header.
    ///
    /// @return the offset at which the payload goes
    public static long putOriginalSequence(MemorySegment memory, long offset, int seq16) {
        memory.set(Bytes.SHORT, offset, (short) seq16);
        return offset + OVERHEAD;
    }
}
