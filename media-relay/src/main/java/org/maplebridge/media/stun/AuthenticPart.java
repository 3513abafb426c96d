package org.maplebridge.media.stun;

import org.ice4j.StunException;
import org.ice4j.message.Message;
import org.jspecify.annotations.Nullable;

/// Decodes with ice4j what MESSAGE-INTEGRITY covers of a message, and nothing else of it.
final class AuthenticPart {
    private AuthenticPart() {}

    /// Null when ice4j cannot read it; besides its own exception it throws some of the runtime's.
    static @Nullable Message decode(byte[] data, int offset, int length) {
        int end = StunBytes.find(data, offset, length, StunBytes.MESSAGE_INTEGRITY);
        if (end < 0) {
            return null;
        }
        byte[] part = java.util.Arrays.copyOfRange(data, offset, end);
        int attributes = part.length - StunBytes.HEADER_LENGTH;
        part[2] = (byte) (attributes >>> 8);
        part[3] = (byte) attributes;
        try {
            return Message.decode(part, 0, part.length);
        } catch (StunException | RuntimeException unreadable) {
            return null;
        }
    }
}
