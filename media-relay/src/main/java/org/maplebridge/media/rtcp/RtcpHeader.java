package org.maplebridge.media.rtcp;

import org.maplebridge.media.wire.Bytes;

/// The four bytes every RTCP packet begins with, and the numbers they carry.
///
/// ```
/// |V=2|P|  count  |  packet type  |    length in words - 1        |   RFC 3550 §6.4.1
/// ```
final class RtcpHeader {
    static final int LENGTH = 4;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;

    /// RFC 4585 §6.1: feedback on packets, and on the payload's content.
    static final int TRANSPORT_FEEDBACK = 205;

    static final int PAYLOAD_FEEDBACK = 206;

    /// Formats of [#TRANSPORT_FEEDBACK].
    static final int NACK = 1;

    /// A stream's highest rate (RFC 5104 §4.2.1).
    static final int STREAM_LIMIT = 3;

    static final int TRANSPORT_WIDE = 15;

    /// Formats of [#PAYLOAD_FEEDBACK].
    static final int PICTURE_LOSS = 1;

    static final int FULL_INTRA_REQUEST = 4;
    static final int APPLICATION = 15;

    /// The name in an [#APPLICATION] packet: "REMB" (draft-alvestrand-rmcat-remb-03 §2.2).
    static final int REMB = 0x52454d42;

    private static final int PADDING_BIT = 0x20;

    private RtcpHeader() {}

    static int count(byte[] data, int offset) {
        return data[offset] & 0x1f;
    }

    static int type(byte[] data, int offset) {
        return Bytes.u8(data, offset + 1);
    }

    static boolean hasPadding(byte[] data, int offset) {
        return (data[offset] & PADDING_BIT) != 0;
    }

    /// Bytes of the whole packet as it says itself: 4 to 262,144.
    static int packetLength(byte[] data, int offset) {
        return 4 * (Bytes.u16(data, offset + 2) + 1);
    }

    /// The first four bytes of a packet without padding.
    static int word(int count, int type, int packetLength) {
        return 0x8000_0000 | count << 24 | type << 16 | (packetLength / 4 - 1);
    }
}
