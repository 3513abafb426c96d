package org.maplebridge.signaling.scene.call;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallOutput.CallEnd;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallRinging;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.floor.RemotePeer;

/// One private call as this node knows it, and its words to each side. Every node with somebody in
/// it knows the whole call; one of them decides about it.
///
/// @param number of this state; the node that decides counts on with each change
/// @param elsewhere those of the state who are at other nodes than this one
/// @param nodes other nodes that have or had somebody in it: they are told to the end
record Call(
        Terms terms,
        long number,
        CallState state,
        Map<SessionId, RemotePeer> elsewhere,
        Set<MemberId> nodes) {
    /// What a call is as long as it lasts.
    ///
    /// @param decidedBy the caller's node
    /// @param opener the person who called
    /// @param oneAtATime whether it has a floor
    record Terms(
            CallId id,
            MemberId decidedBy,
            Party caller,
            Party callee,
            UserId opener,
            Name openedBy,
            boolean oneAtATime) {}

    /// How it ended for somebody.
    ///
    /// @param by the name of who ended it
    record Ending(CallEnd cause, @Nullable String by) {
        static final Ending LOST = new Ending(CallEnd.LOST, null);
    }

    Call {
        var there = new HashMap<>(elsewhere);
        there.keySet().retainAll(state.everybody());
        var all = new HashSet<>(nodes);
        there.values().forEach(peer -> all.add(peer.member()));
        elsewhere = Map.copyOf(there);
        nodes = Set.copyOf(all);
    }

    Call with(CallState next) {
        return new Call(terms, number + 1, next, elsewhere, nodes);
    }

    /// The same with somebody of another node.
    ///
    /// @param next in which that one is
    Call with(CallState next, RemotePeer coming) {
        var more = new HashMap<>(elsewhere);
        more.put(coming.session(), coming);
        return new Call(terms, number + 1, next, more, nodes);
    }

    /// That node is told nothing more; nobody there is in it any more.
    Call without(MemberId node) {
        var fewer = new HashSet<>(nodes);
        fewer.remove(node);
        return new Call(terms, number, state, elsewhere, fewer);
    }

    CallId id() {
        return terms.id();
    }

    MemberId decidedBy() {
        return terms.decidedBy();
    }

    boolean oneAtATime() {
        return terms.oneAtATime();
    }

    /// Those of this node who are in it, or are rung at.
    List<SessionId> here() {
        return state.everybody().stream().filter(who -> !elsewhere.containsKey(who)).toList();
    }

    /// Those of another node.
    List<SessionId> at(MemberId node) {
        return elsewhere.values().stream()
                .filter(peer -> peer.member().equals(node))
                .map(RemotePeer::session)
                .toList();
    }

    boolean isOpen() {
        return state instanceof CallState.Open;
    }

    boolean isOver() {
        return state instanceof CallState.Closed;
    }

    Party party(End end) {
        return end == End.CALLER ? terms.caller() : terms.callee();
    }

    Optional<End> endOf(SessionId session) {
        return state.endOf(session);
    }

    boolean isBetween(Party one, Party other) {
        return (terms.caller().equals(one) && terms.callee().equals(other))
                || (terms.caller().equals(other) && terms.callee().equals(one));
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
                                id().value(),
                                other(end).id(),
                                other(end).name().in(locale),
                                terms.openedBy().in(locale),
                                oneAtATime(),
                                state instanceof CallState.Ringing,
                                end == End.CALLEE,
                                floor));
    }

    CallClosed closed(Ending ending) {
        return new CallClosed(
                id().value(),
                ending.by(),
                switch (ending.cause()) {
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
                id().value(),
                other(end).id(),
                other(end).name().in(locale),
                terms.openedBy().in(locale),
                oneAtATime(),
                end == End.CALLEE);
    }

    private CallOpened opened(End end, Peer peer, @Nullable String re) {
        var locale = peer.locale();
        return new CallOpened(
                re,
                id().value(),
                other(end).id(),
                other(end).name().in(locale),
                terms.openedBy().in(locale),
                oneAtATime(),
                end == End.CALLEE);
    }

    private Party other(End end) {
        return party(end.other());
    }
}
