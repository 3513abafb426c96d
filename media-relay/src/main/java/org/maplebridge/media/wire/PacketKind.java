package org.maplebridge.media.wire;

/// What a datagram on the shared port claims to be, by its first two bytes.
///
/// RFC 7983 §7 separates STUN, DTLS and RTP; RFC 5761 §4 separates RTCP from RTP.
public enum PacketKind {
    STUN,
    DTLS,
    RTP,
    RTCP,
    UNKNOWN;

    public static PacketKind of(byte[] data, int offset, int length) {
        if (length < 2) {
            return UNKNOWN;
        }
        int first = data[offset] & 0xff;
        if (first < 4) {
            return STUN;
        }
        if (first >= 20 && first < 64) {
            return DTLS;
        }
        if (first >= 128 && first < 192) {
            int second = data[offset + 1] & 0xff;
            return second >= 192 && second <= 223 ? RTCP : RTP;
        }
        return UNKNOWN;
    }
}
