package org.maplebridge.signaling.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.scene.Calls;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Roster;

/// Private talk with one unit.
public final class CallHandler {
    private final Calls calls;
    private final Roster roster;
    private final BroadcastHandler broadcasts;

    public CallHandler(Calls calls, Roster roster, BroadcastHandler broadcasts) {
        this.calls = calls;
        this.roster = roster;
        this.broadcasts = broadcasts;
    }

    Reply handle(Peer peer, CallMessage message, @Nullable String id) {
        return switch (message) {
            case CallOpen open -> open(peer, open, id);
            case CallClose close -> close(peer, close);
            case CallMessage.CallBroadcast broadcast -> broadcasts.handle(peer, broadcast);
            case CallMessage.CallAnswer _,
                    CallMessage.CallDecline _,
                    CallMessage.CallMode _,
                    CallMessage.CallTier _,
                    CallMessage.CallbackAsk _,
                    CallMessage.CallbackDone _ ->
                    Reply.refuse(RefusalCode.NOT_ALLOWED, "Not yet.");
        };
    }

    private Reply open(Peer peer, CallOpen open, @Nullable String id) {
        Optional<Unit> unit =
                Ids.isValid(open.unit())
                        ? roster.organisation().unit(new UnitId(open.unit()))
                        : Optional.empty();
        if (unit.isEmpty()
                || !roster.visibility().seesUnit(peer.person().user(), unit.get(), Aspect.UNITS)) {
            return Reply.notVisible("unit");
        }
        if (peer.unit().filter(unit.get().id()::equals).isPresent()) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "This is the own unit.");
        }
        Optional<CallId> call = calls.open(peer, unit.get());
        if (call.isEmpty()) {
            return Reply.refuse(RefusalCode.OFFLINE, "The unit is not connected.");
        }
        Optional<CallOpened> opened = calls.opened(call.get(), peer, id);
        return opened.isPresent()
                ? new Reply.Said(opened.get())
                : Reply.refuse(RefusalCode.OFFLINE, "The unit hung up at once.");
    }

    private Reply close(Peer peer, CallClose close) {
        boolean known = Ids.isValid(close.call()) && calls.hangUp(peer, new CallId(close.call()));
        return known ? Reply.DONE : Reply.notVisible("call");
    }
}
