package org.maplebridge.media.stun;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.ErrorCodeAttribute;
import org.ice4j.attribute.XorMappedAddressAttribute;
import org.ice4j.message.Message;
import org.jspecify.annotations.Nullable;

/// The other side of a check: what a controlling client asks, and how it reads the answer.
///
/// Thread: its client's loop.
public final class BindingCheck {
    private final String username;
    private final long tieBreaker;
    private final StunIntegrity integrity;

    /// @param username `theirs:ours`, as the one asked expects it
    /// @param password of the one asked
    public BindingCheck(String username, String password, long tieBreaker) {
        this.username = username;
        this.tieBreaker = tieBreaker;
        this.integrity = new StunIntegrity(password);
    }

    /// @param transactionId 12 fresh random bytes
    /// @return length of the sealed request in `into`
    public int writeRequest(byte[] into, byte[] transactionId, long priority, boolean nominate) {
        var writer =
                new StunWriter(into, StunBytes.BINDING_REQUEST, transactionId)
                        .put(
                                AttributeFactory.createUsernameAttribute(
                                        username.getBytes(StandardCharsets.UTF_8)))
                        .put(AttributeFactory.createPriorityAttribute(priority))
                        .put(
                                AttributeFactory.createIceControllingAttribute(
                                        tieBreaker & Long.MAX_VALUE));
        if (nominate) {
            writer.put(AttributeFactory.createUseCandidateAttribute());
        }
        return writer.seal(integrity);
    }

    /// Our address as the one asked sees it; null unless the datagram is its authentic success
    /// response to this very request.
    public @Nullable InetSocketAddress mappedAddress(
            byte[] data, int offset, int length, byte[] transactionId) {
        Message message = answer(data, offset, length, transactionId);
        if (message == null
                || !(message.getAttribute(Attribute.XOR_MAPPED_ADDRESS)
                        instanceof XorMappedAddressAttribute mapped)) {
            return null;
        }
        var address = mapped.getAddress(transactionId);
        return new InetSocketAddress(address.getAddress(), address.getPort());
    }

    /// The error code of an authentic answer to this very request; 0 when it is none.
    public int errorCode(byte[] data, int offset, int length, byte[] transactionId) {
        Message message = answer(data, offset, length, transactionId);
        return message != null
                        && message.getAttribute(Attribute.ERROR_CODE)
                                instanceof ErrorCodeAttribute error
                ? error.getErrorCode()
                : 0;
    }

    private @Nullable Message answer(byte[] data, int offset, int length, byte[] transactionId) {
        if (!integrity.proves(data, offset, length)
                || !Arrays.equals(
                        data,
                        offset + StunBytes.TRANSACTION_ID_AT,
                        offset + StunBytes.HEADER_LENGTH,
                        transactionId,
                        0,
                        StunBytes.TRANSACTION_ID_LENGTH)) {
            return null;
        }
        return AuthenticPart.decode(data, offset, length);
    }
}
