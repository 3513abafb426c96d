package org.maplebridge.signaling.scene.floor;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorOutput;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorDenied;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorIdle;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTier;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorUnheard;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.Talker;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speech;
import org.maplebridge.signaling.scene.Words;

/// What a floor says, in the words of the protocol.
///
/// Thread: its conversation's mailbox.
final class ConversationWords {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private @Nullable String raisedBy;

    void raisedBy(@Nullable String name) {
        raisedBy = name;
    }

    ServerMessage granted(CallId call, FloorOutput.Granted granted) {
        return new FloorGranted(
                call.value(),
                granted.leftNanos() / NANOS_PER_MILLI,
                granted.priority(),
                Words.severity(granted.tier()));
    }

    ServerMessage denied(CallId call, int cause, @Nullable String talker) {
        return new FloorDenied(call.value(), cause, talker);
    }

    ServerMessage taken(CallId call, Speech speech, boolean mayRequest) {
        return new FloorTaken(
                call.value(),
                shown(speech.talker()),
                mayRequest,
                Words.severity(speech.tier()),
                speech.since());
    }

    ServerMessage idle(CallId call) {
        return new FloorIdle(call.value());
    }

    ServerMessage revoked(CallId call, int cause) {
        return new FloorRevoked(call.value(), cause);
    }

    ServerMessage queued(CallId call, FloorOutput.Queued queued) {
        return new FloorQueued(call.value(), queued.position(), queued.size());
    }

    ServerMessage tier(CallId call, Severity tier) {
        return new FloorTier(call.value(), Words.severity(tier), raisedBy);
    }

    static ServerMessage unheard(CallId call, String reason) {
        return new FloorUnheard(call.value(), reason);
    }

    static Talker shown(Peer peer) {
        @Nullable String unit = peer.unit().map(Object::toString).orElse(null);
        return new Talker(peer.person().user().id().value(), peer.name(), unit);
    }
}
