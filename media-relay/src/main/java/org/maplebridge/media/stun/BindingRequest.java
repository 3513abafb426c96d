package org.maplebridge.media.stun;

import java.net.InetSocketAddress;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.attribute.Attribute;
import org.ice4j.attribute.AttributeFactory;
import org.ice4j.attribute.PriorityAttribute;
import org.ice4j.message.Message;
import org.ice4j.message.Request;
import org.jspecify.annotations.Nullable;

/// An authentic connectivity check: what it says, and how it is answered (RFC 8445 §7.3).
///
/// Thread: any, immutable.
public final class BindingRequest {
    /// Longest answer: unknown attributes of a full datagram are cut to a handful.
    public static final int MAX_ANSWER_LENGTH = 256;

    private static final int COMPREHENSION_OPTIONAL = 0x8000;
    private static final char BINDING_ERROR = 0x0111;

    /// NOMINATION of draft-thatcher-ice-renomination: must not fail a check, needs nothing from us.
    private static final char NOMINATION = 0x0030;

    private static final int MAX_UNKNOWN = 8;

    private final Request request;

    private BindingRequest(Request request) {
        this.request = request;
    }

    public static boolean isRequest(byte[] data, int offset, int length) {
        return length >= StunBytes.HEADER_LENGTH
                && StunBytes.messageType(data, offset) == StunBytes.BINDING_REQUEST;
    }

    public static boolean isIndication(byte[] data, int offset, int length) {
        return length >= StunBytes.HEADER_LENGTH
                && StunBytes.messageType(data, offset) == StunBytes.BINDING_INDICATION;
    }

    /// Reads a message [StunIntegrity#proves] has accepted; null when it is no readable request.
    public static @Nullable BindingRequest decode(byte[] data, int offset, int length) {
        if (!isRequest(data, offset, length)) {
            return null;
        }
        Message message = AuthenticPart.decode(data, offset, length);
        return message instanceof Request request ? new BindingRequest(request) : null;
    }

    public boolean nominates() {
        return request.containsAttribute(Attribute.USE_CANDIDATE);
    }

    /// Whether the peer believes to be the controlled one, which a lite agent always is.
    public boolean claimsControlled() {
        return request.containsAttribute(Attribute.ICE_CONTROLLED);
    }

    /// What the peer would give a candidate learnt from this check; 0 when it does not say.
    public long priority() {
        return request.getAttribute(Attribute.PRIORITY) instanceof PriorityAttribute priority
                ? priority.getPriority() & 0xffff_ffffL
                : 0;
    }

    /// Whether it asks for something we do not know and must not pass over (RFC 8489 §6.3.1).
    public boolean demandsUnknown() {
        return request.getAttributes().stream().anyMatch(BindingRequest::unknown);
    }

    /// @return length of the sealed success response in `into`
    public int writeSuccess(byte[] into, InetSocketAddress mapped, StunIntegrity integrity) {
        var address = new TransportAddress(mapped.getAddress(), mapped.getPort(), Transport.UDP);
        byte[] id = request.getTransactionID();
        return new StunWriter(into, StunBytes.BINDING_SUCCESS, id)
                .put(AttributeFactory.createXorMappedAddressAttribute(address, id))
                .seal(integrity);
    }

    /// @return length of the sealed 487 response in `into`
    public int writeRoleConflict(byte[] into, StunIntegrity integrity) {
        return new StunWriter(into, BINDING_ERROR, request.getTransactionID())
                .put(AttributeFactory.createErrorCodeAttribute((char) 487, "Role Conflict"))
                .seal(integrity);
    }

    /// @return length of the sealed 420 response in `into`
    public int writeUnknownAttributes(byte[] into, StunIntegrity integrity) {
        var unknown = AttributeFactory.createUnknownAttributesAttribute();
        request.getAttributes().stream()
                .filter(BindingRequest::unknown)
                .limit(MAX_UNKNOWN)
                .forEach(attribute -> unknown.addAttributeID(attribute.getAttributeType()));
        return new StunWriter(into, BINDING_ERROR, request.getTransactionID())
                .put(AttributeFactory.createErrorCodeAttribute((char) 420, "Unknown Attribute"))
                .put(unknown)
                .seal(integrity);
    }

    private static boolean unknown(Attribute attribute) {
        return attribute instanceof org.ice4j.attribute.OptionalAttribute
                && attribute.getAttributeType() < COMPREHENSION_OPTIONAL
                && attribute.getAttributeType() != NOMINATION;
    }
}
