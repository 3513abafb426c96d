package org.maplebridge.signaling.scene.call;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallOutput.CallEnd;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews;
import org.maplebridge.signaling.scene.Peer;

/// One private call as this node knows it, and its words to each side.
///
/// @param openedBy the person who called
/// @param oneAtATime whether it has a floor
record Call(
        CallId id, Party caller, Party callee, Name openedBy, boolean oneAtATime, CallState state) {
    Call with(CallState next) {
        return new Call(id, caller, callee, openedBy, oneAtATime, next);
    }

    Optional<End> endOf(SessionId session) {
        return state.endOf(session);
    }

    boolean isBetween(Party one, Party other) {
        return (caller.equals(one) && callee.equals(other))
                || (caller.equals(other) && callee.equals(one));
    }

    /// Whether it rings at this device, to be answered there.
    boolean rings(SessionId where) {
        return state instanceof CallState.Ringing ringing && ringing.rung().contains(where);
    }

    /// What this one is told of the call as it stands; nothing when they are not in it.
    Optional<ServerMessage> news(Peer peer, @Nullable String re) {
        return endOf(peer.session())
                .flatMap(end ->
                        switch (state) {
                            case CallState.Ringing _ -> Optional.of(ringing(end, peer, re));
                            case CallState.Open _ -> Optional.of(opened(end, peer, re));
                            case CallState.Closed _ -> Optional.empty();
                        });
    }

    Optional<SessionNews.Call> shown(Peer peer, FloorNews.@Nullable Floor floor) {
        var locale = peer.locale();
        return endOf(peer.session())
                .map(end ->
                        new SessionNews.Call(
                                id.value(),
                                other(end).id(),
                                other(end).name().in(locale),
                                openedBy.in(locale),
                                oneAtATime,
                                state instanceof CallState.Ringing,
                                end == End.CALLEE,
                                floor));
    }

    /// @param by the name of who ended it
    CallClosed closed(CallEnd cause, @Nullable String by) {
        return new CallClosed(
                id.value(),
                by,
                switch (cause) {
                    case OWN_WISH, OTHER_SIDE -> CallNews.Cause.HUNG_UP;
                    case DECLINED -> CallNews.Cause.DECLINED;
                    case NO_ANSWER -> CallNews.Cause.NO_ANSWER;
                    case ANSWERED_ELSEWHERE -> CallNews.Cause.ANSWERED_ELSEWHERE;
                    case LOST -> CallNews.Cause.LOST;
                });
    }

    private CallRinging ringing(End end, Peer peer, @Nullable String re) {
        var locale = peer.locale();
        return new CallRinging(
                re,
                id.value(),
                other(end).id(),
                other(end).name().in(locale),
                openedBy.in(locale),
                oneAtATime,
                end == End.CALLEE);
    }

    private CallOpened opened(End end, Peer peer, @Nullable String re) {
        var locale = peer.locale();
        return new CallOpened(
                re,
                id.value(),
                other(end).id(),
                other(end).name().in(locale),
                openedBy.in(locale),
                oneAtATime,
                end == End.CALLEE);
    }

    private Party other(End end) {
        return end == End.CALLER ? callee : caller;
    }
}
