package org.maplebridge.media.stun;

import org.ice4j.attribute.Attribute;

/// Lays header and attributes of a message into a caller's buffer and seals it.
///
/// Attributes are encoded by ice4j; its whole-message encoder is passed by, because that adds a
/// SOFTWARE attribute and wants a stack for its credentials.
///
/// Thread: confined to one call.
final class StunWriter {
    private final byte[] into;
    private int length = StunBytes.HEADER_LENGTH;

    StunWriter(byte[] into, int messageType, byte[] transactionId) {
        this.into = into;
        into[0] = (byte) (messageType >>> 8);
        into[1] = (byte) messageType;
        into[4] = 0x21;
        into[5] = 0x12;
        into[6] = (byte) 0xa4;
        into[7] = 0x42;
        System.arraycopy(
                transactionId,
                0,
                into,
                StunBytes.TRANSACTION_ID_AT,
                StunBytes.TRANSACTION_ID_LENGTH);
    }

    StunWriter put(Attribute attribute) {
        byte[] encoded = attribute.encode();
        System.arraycopy(encoded, 0, into, length, encoded.length);
        length += encoded.length;
        while ((length & 3) != 0) {
            into[length++] = 0;
        }
        return this;
    }

    int seal(StunIntegrity integrity) {
        return integrity.seal(into, length);
    }
}
