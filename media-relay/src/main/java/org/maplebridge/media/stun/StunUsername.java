package org.maplebridge.media.stun;

/// Whose session a connectivity check is for, read without decoding the message.
public final class StunUsername {
    private StunUsername() {}

    /// The receiver's user name fragment: what stands before the colon of USERNAME (RFC 8445
    /// §7.2.2).
    ///
    /// Proves nothing. Empty when the datagram is no well-formed binding request or carries none.
    public static String localFragment(byte[] data, int offset, int length) {
        throw new UnsupportedOperationException();
    }
}
