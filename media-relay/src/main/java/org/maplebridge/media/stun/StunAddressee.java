package org.maplebridge.media.stun;

/// Which session a STUN message is for, read without decoding it.
public final class StunAddressee {
    private StunAddressee() {}

    /// Of a check the receiver's user name fragment, of an answer the mark of the check it answers
    /// ([StunTransactions#mark()]).
    ///
    /// Proves nothing. Empty when the datagram is neither, or not well-formed.
    public static String of(byte[] data, int offset, int length) {
        if (length < StunBytes.HEADER_LENGTH
                || StunBytes.messageType(data, offset) != StunBytes.BINDING_SUCCESS) {
            return StunUsername.localFragment(data, offset, length);
        }
        return StunBytes.wellFormed(data, offset, length)
                ? StunTransactions.mark(data, offset + StunBytes.TRANSACTION_ID_AT)
                : "";
    }
}
