package org.maplebridge.signaling.command;

import java.util.Map;
import java.util.Optional;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.mediation.ExpertHandler;
import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.protocol.ClientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage;
import org.maplebridge.signaling.protocol.ClientMessage.AmbientMessage;
import org.maplebridge.signaling.protocol.ClientMessage.BurstMessage;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage;
import org.maplebridge.signaling.protocol.ClientMessage.UnitMessage;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage;
import org.maplebridge.signaling.protocol.ExhibitMessage;
import org.maplebridge.signaling.protocol.ExpertMessage;
import org.maplebridge.signaling.protocol.MediationMessage;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.TelephoneMessage;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.PermissionTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Permits, then hands to the one handler of the family.
///
/// Thread: any; the caller's session's.
public final class MessageTable implements Commands {
    private static final Logger LOG = LoggerFactory.getLogger(MessageTable.class);

    /// One handler for each family.
    public record Handlers(
            SessionHandler session,
            MediaHandler media,
            LiveHandler live,
            WatchHandler watch,
            CallHandler call,
            GroupHandler group,
            FloorHandler floor,
            OrderHandler order,
            UnitHandler unit,
            BurstHandler burst,
            AmbientHandler ambient,
            AlertHandler alert,
            PositionHandler position,
            ExpertHandler expert) {}

    private final Handlers handlers;
    private final Audit audit;

    public MessageTable(Handlers handlers, Audit audit) {
        this.handlers = handlers;
        this.audit = audit;
    }

    @Override
    public void joined(Peer peer) {
        handlers.session().joined(peer);
    }

    @Override
    public void left(Peer peer) {
        handlers.session().left(peer);
    }

    @Override
    public Reply handle(Peer peer, ClientFrame frame, long receivedNanos) {
        Optional<Permission> lacking = PermissionTable.lacking(peer.person(), frame.message());
        if (lacking.isPresent()) {
            return notAllowed(peer, frame.message(), lacking.get());
        }
        try {
            return dispatch(peer, frame, receivedNanos);
        } catch (RecordUnavailable e) {
            LOG.warn("record does not answer {} of {}", frame.id(), peer.session(), e);
            return Reply.refuse(RefusalCode.RECORD_UNAVAILABLE, "The database does not answer.");
        }
    }

    private Reply dispatch(Peer peer, ClientFrame frame, long receivedNanos)
            throws RecordUnavailable {
        return switch (frame.message()) {
            case SessionMessage message -> handlers.session().handle(peer, message);
            case MediaMessage message -> handlers.media().handle(peer, message, frame.id());
            case LiveMessage message -> handlers.live().handle(peer, message);
            case WatchMessage message -> handlers.watch().handle(peer, message);
            case CallMessage message ->
                    handlers.call().handle(peer, message, frame.id(), receivedNanos);
            case GroupMessage message -> handlers.group().handle(peer, message);
            case FloorMessage message -> handlers.floor().handle(peer, message, receivedNanos);
            case OrderMessage message -> handlers.order().handle(peer, message, receivedNanos);
            case UnitMessage message -> handlers.unit().handle(peer, message);
            case BurstMessage message -> handlers.burst().handle(peer, message);
            case AmbientMessage message -> handlers.ambient().handle(peer, message);
            case AlertMessage message -> handlers.alert().handle(peer, message);
            case PositionMessage message -> handlers.position().handle(peer, message);
            case ExpertMessage message -> handlers.expert().handle(peer, message, frame.id());
            case MediationMessage _, ExhibitMessage _, TelephoneMessage _ ->
                    Reply.refuse(RefusalCode.NOT_ALLOWED, "Only a place at a table opens these.");
        };
    }

    private Reply notAllowed(Peer peer, ClientMessage message, Permission lacking) {
        audit.end(
                AuditEntry.Kind.NOT_ALLOWED,
                peer.person().account(),
                message.getClass().getSimpleName(),
                Map.of("lacking", lacking.code()));
        return Reply.refuse(
                RefusalCode.NOT_ALLOWED, "This needs the right " + lacking.code() + ".");
    }
}
