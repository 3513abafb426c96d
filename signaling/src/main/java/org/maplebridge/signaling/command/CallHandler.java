package org.maplebridge.signaling.command;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallWish;
import org.maplebridge.dispatch.call.TierHolds;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.MeetingRooms;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.Answering;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallAnswer;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallDecline;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallMode;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallTier;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackAsk;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackDone;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Speakers;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.scene.call.Calls;
import org.maplebridge.signaling.scene.call.Tiers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;

/// Private talk with one unit, and how grave a call is.
public final class CallHandler {
    private final Calls calls;
    private final Tiers tiers;
    private final CallbackHandler callbacks;
    private final Conversations conversations;
    private final Roster roster;
    private final BroadcastHandler broadcasts;
    private final MeetingRooms meetings;
    private final Audit audit;

    public CallHandler(
            Calls calls,
            Tiers tiers,
            CallbackHandler callbacks,
            Conversations conversations,
            Roster roster,
            BroadcastHandler broadcasts,
            MeetingRooms meetings,
            Audit audit) {
        this.calls = calls;
        this.tiers = tiers;
        this.callbacks = callbacks;
        this.conversations = conversations;
        this.roster = roster;
        this.broadcasts = broadcasts;
        this.meetings = meetings;
        this.audit = audit;
    }

    Reply handle(Peer peer, CallMessage message, @Nullable String id, long receivedNanos)
            throws RecordUnavailable {
        return switch (message) {
            case CallOpen open -> open(peer, open, id);
            case CallAnswer answer -> answer(peer, answer);
            case CallDecline decline -> decline(peer, decline);
            case CallClose close -> close(peer, close);
            case CallMessage.CallBroadcast broadcast ->
                    broadcasts.handle(peer, broadcast, receivedNanos);
            case CallMode mode -> mode(peer, mode);
            case CallTier tier -> tier(peer, tier);
            case CallbackAsk ask -> callbacks.ask(peer, ask);
            case CallbackDone done -> callbacks.done(peer, done);
        };
    }

    private Reply open(Peer peer, CallOpen open, @Nullable String id) throws RecordUnavailable {
        Optional<Unit> unit =
                Ids.isValid(open.unit())
                        ? roster.organisation().unit(new UnitId(open.unit()))
                        : Optional.empty();
        @Nullable IncidentId incident = incident(open.incident());
        if (open.incident() != null
                && (incident == null || !meetings.sees(peer.person(), incident))) {
            return Reply.notVisible("incident");
        }
        if (unit.isEmpty() || !reaches(peer, unit.get(), incident)) {
            return Reply.notVisible("unit");
        }
        if (peer.unit().filter(unit.get().id()::equals).isPresent()) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "This is the own unit.");
        }
        boolean oneAtATime = !Boolean.FALSE.equals(open.floor());
        @Nullable Answering asked = open.answer();
        if (asked == Answering.FORCED) {
            audit.begin(
                    AuditEntry.Kind.CALL_FORCED,
                    peer.person().account(),
                    unit.get().id().value(),
                    Map.of("session", peer.session().value()));
        }
        Reply reply = begin(peer, unit.get(), oneAtATime, answering(asked), id);
        if (incident != null && reply instanceof Reply.Said) {
            meetings.rang(peer, incident, unit.get());
        }
        return reply;
    }

    /// Whom one sees, and rooms that have the same incident.
    private boolean reaches(Peer peer, Unit unit, @Nullable IncidentId incident)
            throws RecordUnavailable {
        return roster.visibility().seesUnit(peer.person().user(), unit, Aspect.UNITS)
                || (incident != null && meetings.haveBoth(peer.person(), unit, incident));
    }

    private static @Nullable IncidentId incident(@Nullable String id) {
        return id == null || !Ids.isValid(id) ? null : new IncidentId(id);
    }

    private Reply begin(
            Peer peer,
            Unit unit,
            boolean oneAtATime,
            CallWish.Answering answering,
            @Nullable String id) {
        return switch (calls.open(peer, unit, oneAtATime, answering)) {
            case Calls.Opening.Begun(var call) -> {
                Optional<ServerMessage> news = calls.news(call, peer, id);
                yield news.isPresent()
                        ? new Reply.Said(news.get())
                        : Reply.refuse(RefusalCode.OFFLINE, "The unit hung up at once.");
            }
            case Calls.Opening.Unable(var why) -> refused(why);
        };
    }

    private static CallWish.Answering answering(@Nullable Answering asked) {
        return switch (asked) {
            case null -> CallWish.Answering.AUTO;
            case AUTO -> CallWish.Answering.AUTO;
            case MANUAL -> CallWish.Answering.MANUAL;
            case FORCED -> CallWish.Answering.FORCED;
        };
    }

    private Reply answer(Peer peer, CallAnswer answer) {
        Optional<CallId> call = call(answer.call());
        Optional<Calls.Cause> unable =
                call.isPresent()
                        ? calls.answer(peer, call.get())
                        : Optional.of(Calls.Cause.NOT_RINGING);
        return unable.map(CallHandler::refused).orElse(Reply.DONE);
    }

    private Reply decline(Peer peer, CallDecline decline) {
        Optional<CallId> call = call(decline.call());
        boolean declined = call.isPresent() && calls.decline(peer, call.get(), decline.reason());
        return declined ? Reply.DONE : refused(Calls.Cause.NOT_RINGING);
    }

    private Reply close(Peer peer, CallClose close) {
        Optional<CallId> call = call(close.call());
        boolean known = call.isPresent() && calls.hangUp(peer, call.get());
        return known ? Reply.DONE : Reply.notVisible("call");
    }

    private Reply mode(Peer peer, CallMode mode) {
        return switch (mode.answer()) {
            case AUTO -> picksUp(peer, true);
            case MANUAL -> picksUp(peer, false);
            case FORCED ->
                    new Reply.Refused(
                            Refusal.field(
                                    RefusalCode.MALFORMED,
                                    "answer",
                                    "Forced is the caller's, not a device's."));
        };
    }

    private Reply picksUp(Peer peer, boolean byItself) {
        calls.picksUp(peer.session(), byItself);
        return Reply.DONE;
    }

    private Reply tier(Peer peer, CallTier message) {
        Optional<CallId> call = call(message.call());
        if (call.isEmpty() || !conversations.takesPart(call.get(), peer.session())) {
            return Reply.refuse(RefusalCode.NOT_A_MEMBER, "Not listening to this conversation.");
        }
        var tier = Words.severity(message.tier());
        if (tier.isGraverThan(Speakers.of(peer, roster.organisation()).maxTier())) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "Graver than this role may say.");
        }
        return switch (tiers.wish(call.get(), tier, peer)) {
            case TierHolds.Outcome.Changed _, TierHolds.Outcome.Same _ -> Reply.DONE;
            case TierHolds.Outcome.NotAllowed _ ->
                    Reply.refuse(RefusalCode.NOT_ALLOWED, "Somebody else raised this call.");
            case TierHolds.Outcome.HeldByAlert _ ->
                    Reply.refuse(RefusalCode.NOT_ALLOWED, "An alert is open in this call.");
        };
    }

    private static Optional<CallId> call(String id) {
        return Ids.isValid(id) ? Optional.of(new CallId(id)) : Optional.empty();
    }

    private static Reply refused(Calls.Cause why) {
        return switch (why) {
            case OFFLINE -> Reply.refuse(RefusalCode.OFFLINE, "The unit is not connected.");
            case NO_MEDIA -> Reply.refuse(RefusalCode.NO_MEDIA, "Open a peer connection first.");
            case NO_SLOT -> Reply.refuse(RefusalCode.NO_SLOT, "All voice slots are taken.");
            case NOT_RINGING ->
                    Reply.refuse(RefusalCode.NOT_RINGING, "This call does not ring here.");
        };
    }
}
