package org.maplebridge.media.rtp;

import org.maplebridge.media.wire.Bytes;
import org.maplebridge.media.wire.DropReason;

/// Reads and patches the RTP header lying at an offset of an array.
///
/// ```
///  0                   1                   2                   3      RFC 3550 §5.1
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |           synchronization source (SSRC) identifier            |
/// |            contributing source (CSRC) identifiers ...         |
/// |  extension profile (X)        |   length in 32-bit words      |
/// ```
///
/// The accessors trust their offset: call [#validate] first, once per packet.
public final class RtpHeader {
    public static final int FIXED_LENGTH = 12;

    private static final int PADDING_BIT = 0x20;
    private static final int EXTENSION_BIT = 0x10;

    private RtpHeader() {}

    /// Length of the header with CSRCs and extension, or a [DropReason] code. Works on protected
    /// packets too: the header is in the clear (RFC 3711 §3.1).
    public static int validate(byte[] data, int offset, int length) {
        if (length < FIXED_LENGTH || (data[offset] & 0xc0) != 0x80) {
            return DropReason.MALFORMED.code();
        }
        int header = csrcEnd(data, offset);
        if (hasExtension(data, offset)) {
            if (length < header + 4) {
                return DropReason.MALFORMED.code();
            }
            header += 4 + 4 * Bytes.u16(data, offset + header + 2);
        }
        return header <= length ? header : DropReason.MALFORMED.code();
    }

    /// Bytes between header and padding of a packet in the clear, or a [DropReason] code. 0 is a
    /// probe or a packet of padding alone (RFC 3550 §5.1: the last byte counts the padding).
    public static int payloadLength(byte[] data, int offset, int length, int headerLength) {
        int payload = length - headerLength;
        if (!hasPadding(data, offset)) {
            return payload;
        }
        if (payload == 0) {
            return DropReason.MALFORMED.code();
        }
        int padding = Bytes.u8(data, offset + length - 1);
        return padding > 0 && padding <= payload ? payload - padding : DropReason.MALFORMED.code();
    }

    /// Where the extension's 4-byte head would begin, relative to the packet.
    static int csrcEnd(byte[] data, int offset) {
        return FIXED_LENGTH + 4 * (data[offset] & 0x0f);
    }

    public static boolean hasPadding(byte[] data, int offset) {
        return (data[offset] & PADDING_BIT) != 0;
    }

    public static void clearPadding(byte[] data, int offset) {
        data[offset] &= (byte) ~PADDING_BIT;
    }

    public static boolean hasExtension(byte[] data, int offset) {
        return (data[offset] & EXTENSION_BIT) != 0;
    }

    public static boolean marker(byte[] data, int offset) {
        return data[offset + 1] < 0;
    }

    public static int payloadType(byte[] data, int offset) {
        return data[offset + 1] & 0x7f;
    }

    /// Keeps the marker.
    public static void setPayloadType(byte[] data, int offset, int payloadType) {
        data[offset + 1] = (byte) ((data[offset + 1] & 0x80) | (payloadType & 0x7f));
    }

    public static int sequence(byte[] data, int offset) {
        return Bytes.u16(data, offset + 2);
    }

    public static void setSequence(byte[] data, int offset, int seq16) {
        Bytes.put16(data, offset + 2, seq16);
    }

    /// All 32 bits in a signed `int`: compare by difference.
    public static int timestamp(byte[] data, int offset) {
        return Bytes.i32(data, offset + 4);
    }

    public static int ssrc(byte[] data, int offset) {
        return Bytes.i32(data, offset + 8);
    }

    public static void setSsrc(byte[] data, int offset, int ssrc) {
        Bytes.put32(data, offset + 8, ssrc);
    }
}
