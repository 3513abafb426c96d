package org.maplebridge.media.stun;

import java.nio.charset.StandardCharsets;

/// Looks into a STUN message without allocating or trusting anything.
///
/// ```
///  0                   1                   2                   3
/// |0 0|  message type (14)  |      length of attributes           |
/// |                  magic cookie 0x2112A442                      |
/// |                  transaction id (96 bits)                     |
/// ```
///
/// RFC 8489 §5; each attribute after it: type (16), length (16), value, padding to 32 bits (§14).
final class StunBytes {
    static final int HEADER_LENGTH = 20;
    static final int ATTRIBUTE_HEADER_LENGTH = 4;
    static final int TRANSACTION_ID_AT = 8;
    static final int TRANSACTION_ID_LENGTH = 12;
    static final int MAGIC_COOKIE = 0x2112A442;

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_INDICATION = 0x0011;
    static final int BINDING_SUCCESS = 0x0101;

    static final int USERNAME = 0x0006;
    static final int MESSAGE_INTEGRITY = 0x0008;
    static final int MESSAGE_INTEGRITY_LENGTH = 20;
    static final int FINGERPRINT = 0x8028;
    static final int FINGERPRINT_LENGTH = 4;

    private static final int NONE = -1;

    private StunBytes() {}

    static int uint16(byte[] data, int at) {
        return (data[at] & 0xff) << 8 | (data[at + 1] & 0xff);
    }

    static int int32(byte[] data, int at) {
        return uint16(data, at) << 16 | uint16(data, at + 2);
    }

    static int messageType(byte[] data, int offset) {
        return uint16(data, offset);
    }

    /// Whether header and attribute lengths add up to exactly `length`.
    static boolean wellFormed(byte[] data, int offset, int length) {
        if (length < HEADER_LENGTH
                || (data[offset] & 0xc0) != 0
                || uint16(data, offset + 2) != length - HEADER_LENGTH
                || (length & 3) != 0
                || int32(data, offset + 4) != MAGIC_COOKIE) {
            return false;
        }
        int at = offset + HEADER_LENGTH;
        int end = offset + length;
        while (at < end) {
            at = next(data, at);
        }
        return at == end;
    }

    /// Index of the header of the first attribute of `type`, or -1. Of a well-formed message only.
    ///
    /// Nothing behind MESSAGE-INTEGRITY is found but FINGERPRINT (RFC 8489 §14.5).
    static int find(byte[] data, int offset, int length, int type) {
        boolean sealed = false;
        int end = offset + length;
        for (int at = offset + HEADER_LENGTH; at < end; at = next(data, at)) {
            int found = uint16(data, at);
            if (found == type && (!sealed || type == FINGERPRINT)) {
                return at;
            }
            sealed |= found == MESSAGE_INTEGRITY;
        }
        return NONE;
    }

    static int valueLength(byte[] data, int attributeAt) {
        return uint16(data, attributeAt + 2);
    }

    static String text(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    private static int next(byte[] data, int at) {
        return at + ATTRIBUTE_HEADER_LENGTH + (valueLength(data, at) + 3 & ~3);
    }
}
