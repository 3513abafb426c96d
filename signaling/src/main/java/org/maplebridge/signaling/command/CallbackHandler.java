package org.maplebridge.signaling.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallbackId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackAsk;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackDone;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.call.Callbacks;
import org.maplebridge.signaling.security.Roster;

/// Asking a unit to call back when it has time. The unit need not be there.
public final class CallbackHandler {
    private final Callbacks callbacks;
    private final Roster roster;

    public CallbackHandler(Callbacks callbacks, Roster roster) {
        this.callbacks = callbacks;
        this.roster = roster;
    }

    Reply ask(Peer peer, CallbackAsk ask) throws RecordUnavailable {
        if (!Ids.isValid(ask.callback())) {
            return new Reply.Refused(
                    Refusal.field(RefusalCode.MALFORMED, "callback", "Not an id."));
        }
        if (!Ids.isValid(ask.unit())
                || !roster.visibility()
                        .seesUnit(peer.person().user(), new UnitId(ask.unit()), Aspect.UNITS)) {
            return Reply.notVisible("unit");
        }
        var asked = new UnitId(ask.unit());
        Optional<UnitId> from = peer.unit();
        if (from.isEmpty() || from.get().equals(asked)) {
            return Reply.refuse(
                    RefusalCode.NOT_ALLOWED, "Only another unit can be called back from there.");
        }
        @Nullable String note = ask.note();
        var id = new CallbackId(ask.callback());
        return switch (callbacks.ask(
                peer, from.get(), id, asked, note == null || note.isBlank() ? null : note)) {
            case ASKED, REPEATED -> Reply.DONE;
            case CONFLICT -> Reply.refuse(RefusalCode.ID_CONFLICT, "This id is another's.");
            case TOO_MANY ->
                    Reply.refuse(RefusalCode.TOO_MANY, "The unit is asked for too many already.");
        };
    }

    Reply done(Peer peer, CallbackDone done) throws RecordUnavailable {
        boolean known =
                Ids.isValid(done.callback())
                        && callbacks.done(peer, new CallbackId(done.callback()));
        return known ? Reply.DONE : Reply.notVisible("callback");
    }
}
