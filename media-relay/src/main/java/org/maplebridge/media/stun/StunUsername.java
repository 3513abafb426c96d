package org.maplebridge.media.stun;

/// Whose session a connectivity check is for, read without decoding the message.
public final class StunUsername {
    /// `ufrag:ufrag` of two times 256 characters at most (RFC 8839 §5.4).
    private static final int MAX_LENGTH = 513;

    private StunUsername() {}

    /// The receiver's user name fragment: what stands before the colon of USERNAME (RFC 8445
    /// §7.2.2).
    ///
    /// Proves nothing. Empty when the datagram is no well-formed binding request or carries none.
    public static String localFragment(byte[] data, int offset, int length) {
        if (!StunBytes.wellFormed(data, offset, length)
                || StunBytes.messageType(data, offset) != StunBytes.BINDING_REQUEST) {
            return "";
        }
        int at = StunBytes.find(data, offset, length, StunBytes.USERNAME);
        if (at < 0 || StunBytes.valueLength(data, at) > MAX_LENGTH) {
            return "";
        }
        int from = at + StunBytes.ATTRIBUTE_HEADER_LENGTH;
        int end = from + StunBytes.valueLength(data, at);
        for (int colon = from; colon < end; colon++) {
            if (data[colon] == ':') {
                return StunBytes.text(data, from, colon);
            }
        }
        return "";
    }
}
