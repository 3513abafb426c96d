package org.maplebridge.signaling.scene.call;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallInput;
import org.maplebridge.dispatch.call.CallOutput;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.call.CallWish;
import org.maplebridge.dispatch.call.PrivateCall;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.floor.RemotePeer;
import org.maplebridge.signaling.security.Roster;

/// The private calls that were begun at this node: carries what happens, here and at other nodes,
/// into [PrivateCall], and what it answers to the devices here; the others are told how it stands.
///
/// Thread: guarded by [Calls].
final class DecidedCalls {
    /// Asks for [#wake] at a time.
    @FunctionalInterface
    interface Clock {
        void wakeAt(CallId call, long atNanos);
    }

    private final MemberId self;
    private final CallTeller teller;
    private final Peers peers;
    private final Roster roster;
    private final CallJournal journal;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final Map<CallId, Call> calls = new HashMap<>();

    /// When each node last said something about a call.
    private final Map<CallId, Map<MemberId, Long>> heard = new HashMap<>();

    private CallPost post = CallPost.NOWHERE;

    DecidedCalls(
            MemberId self,
            CallTeller teller,
            Peers peers,
            Roster roster,
            CallJournal journal,
            Clock clock,
            LongSupplier nanoClock) {
        this.self = self;
        this.teller = teller;
        this.peers = peers;
        this.roster = roster;
        this.journal = journal;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    void postBy(CallPost way) {
        post = way;
    }

    @Nullable Call find(CallId id) {
        return calls.get(id);
    }

    List<Call> all() {
        return List.copyOf(calls.values());
    }

    /// @param elsewhere devices of the wish that are at other nodes
    CallId begin(Peer caller, Party from, Party to, CallWish wish, List<RemotePeer> elsewhere) {
        var step = PrivateCall.begin(wish, nanoClock.getAsLong());
        var user = caller.person().user();
        var id = new CallId(UUID.randomUUID().toString());
        var terms = new Call.Terms(id, self, from, to, user.id(), user.name(), wish.oneAtATime());
        var there =
                elsewhere.stream()
                        .collect(Collectors.toMap(RemotePeer::session, peer -> peer, (a, _) -> a));
        var call = new Call(terms, 1, step.next(), there, Set.of());
        journal.opened(call, wish, caller);
        carryOut(call, call, step, caller.session(), null);
        return id;
    }

    /// @param answered gets its news as the answer to its request
    void answer(Call call, Peer by, @Nullable SessionId answered) {
        var input = new CallInput.Answer(by.session());
        var step = PrivateCall.step(call.state(), input, nanoClock.getAsLong());
        var open = call.with(step.next());
        journal.answered(open, by);
        carryOut(call, open, step, answered, by.name());
    }

    void decline(Call call, Peer by, @Nullable String reason) {
        journal.declined(call, by, reason);
        take(call, new CallInput.Decline(by.session()), by.name());
    }

    void hangUp(Call call, Peer by) {
        take(call, new CallInput.HangUp(by.session()), by.name());
    }

    /// Late entry: who is a side of a running call is in it, and where it rings, it rings here too.
    void joined(Peer peer) {
        all().forEach(call -> join(call, peer));
    }

    private void join(Call call, Peer peer) {
        var party = Party.of(peer, roster);
        if (call.party(End.CALLEE).id().equals(party.id())) {
            join(call, peer, End.CALLEE);
        } else if (call.party(End.CALLER).id().equals(party.id()) && peer.isTerminal()) {
            join(call, peer, End.CALLER);
        }
    }

    private void join(Call call, Peer peer, End end) {
        var input = new CallInput.Join(peer.session(), end);
        var step = PrivateCall.step(call.state(), input, nanoClock.getAsLong());
        if (!step.outputs().isEmpty()) {
            var next =
                    peer instanceof RemotePeer remote
                            ? call.with(step.next(), remote)
                            : call.with(step.next());
            carryOut(call, next, step, null, null);
        }
    }

    /// Somebody's session is gone. Where a side was one device, another terminal of the unit takes
    /// its place: the one that took over from it is there before it is gone, here or elsewhere.
    void lost(Call call, SessionId who) {
        Optional<End> end = call.endOf(who);
        take(call, new CallInput.Lost(who), null);
        @Nullable Call next = calls.get(call.id());
        if (end.isPresent() && next != null && isLonely(next)) {
            var unit = new UnitId(next.party(end.get()).id());
            peers.terminalsOf(unit).stream()
                    .filter(other -> !other.session().equals(who))
                    .forEach(other -> join(next, other));
            post.missing(unit);
        }
    }

    private static boolean isLonely(Call call) {
        return call.state() instanceof CallState.Open open && open.lonely();
    }

    void wake(CallId id) {
        @Nullable Call call = calls.get(id);
        if (call != null) {
            take(call, new CallInput.Wake(), null);
        }
    }

    /// Something happened to one of that node's people. What is late is nothing: who said it is
    /// told how the call stands in any case.
    void happened(MemberId from, CallId id, CallInput input, @Nullable String reason) {
        @Nullable Call call = calls.get(id);
        if (call == null) {
            post.gone(from, id);
            return;
        }
        heardFrom(call, from);
        switch (input) {
            case CallInput.Answer(var who) ->
                    at(call, from, who)
                            .filter(_ -> call.rings(who))
                            .ifPresent(peer -> answer(call, peer, null));
            case CallInput.Decline(var who) ->
                    at(call, from, who)
                            .filter(_ -> call.rings(who))
                            .ifPresent(peer -> decline(call, peer, reason));
            case CallInput.HangUp(var who) ->
                    at(call, from, who).ifPresent(peer -> hangUp(call, peer));
            case CallInput.Lost(var who) -> at(call, from, who).ifPresent(_ -> lost(call, who));
            case CallInput.Join _, CallInput.Wake _ -> {}
        }
    }

    private static Optional<RemotePeer> at(Call call, MemberId node, SessionId who) {
        return Optional.ofNullable(call.elsewhere().get(who))
                .filter(peer -> peer.member().equals(node));
    }

    /// That node says who of its people is in the call.
    ///
    /// @param number of the state it speaks of
    void there(MemberId from, CallId id, long number, List<SessionId> present) {
        @Nullable Call call = calls.get(id);
        if (call == null) {
            post.gone(from, id);
            return;
        }
        heardFrom(call, from);
        if (call.number() == number) {
            var gone = new HashSet<>(call.at(from));
            present.forEach(gone::remove);
            gone.forEach(who -> lostNow(id, who));
        }
    }

    private void heardFrom(Call call, MemberId node) {
        heard.computeIfAbsent(call.id(), _ -> new HashMap<>()).put(node, nanoClock.getAsLong());
    }

    /// Nothing comes from that node any more.
    void lost(MemberId node) {
        all().forEach(call -> lost(call, node));
    }

    private void lost(Call call, MemberId node) {
        call.at(node).forEach(who -> lostNow(call.id(), who));
        calls.computeIfPresent(call.id(), (_, left) -> left.without(node));
        heard.getOrDefault(call.id(), new HashMap<>()).remove(node);
    }

    private void lostNow(CallId id, SessionId who) {
        @Nullable Call call = calls.get(id);
        if (call != null && call.endOf(who).isPresent()) {
            lost(call, who);
        }
    }

    /// Tells again how all calls stand, in case a letter was lost; a node that says nothing to it
    /// for long is taken for gone.
    void repeat(long nowNanos) {
        for (var call : all()) {
            for (var node : call.nodes()) {
                long last =
                        heard.computeIfAbsent(call.id(), _ -> new HashMap<>())
                                .computeIfAbsent(node, _ -> nowNanos);
                if (nowNanos - last > FollowedCalls.SILENCE_NANOS) {
                    lost(call, node);
                }
            }
            @Nullable Call left = calls.get(call.id());
            if (left != null && !left.nodes().isEmpty()) {
                post.stands(left, Map.of());
            }
        }
    }

    /// Two called each other at the same time, from two nodes. Of their calls the one with the
    /// lower name stays, and who began the other one is in it.
    void giveWay(Call to) {
        for (var call : all()) {
            boolean same = call.isBetween(to.party(End.CALLER), to.party(End.CALLEE));
            if (same && call.id().value().compareTo(to.id().value()) > 0) {
                call.here().stream()
                        .filter(who -> call.endOf(who).filter(End.CALLER::equals).isPresent())
                        .filter(who -> to.endOf(who).isPresent())
                        .findFirst()
                        .ifPresent(who -> giveWay(call, to, who));
            }
        }
    }

    private void giveWay(Call call, Call to, SessionId who) {
        take(call, new CallInput.HangUp(who), null);
        if (to.rings(who)) {
            post.happened(to, new CallInput.Answer(who), null);
        }
    }

    /// @param by the name of who did it
    private void take(Call call, CallInput input, @Nullable String by) {
        var step = PrivateCall.step(call.state(), input, nanoClock.getAsLong());
        carryOut(call, call.with(step.next()), step, null, by);
    }

    /// @param answered gets its news as the answer to its request
    private void carryOut(
            Call before,
            Call next,
            PrivateCall.Step step,
            @Nullable SessionId answered,
            @Nullable String by) {
        calls.put(next.id(), next);
        var endings = new LinkedHashMap<SessionId, Call.Ending>();
        for (var output : step.outputs()) {
            switch (output) {
                case CallOutput.Ringing(var to) -> teller.rings(next, to, answered);
                case CallOutput.Opened(var to) -> teller.opened(next, to, answered);
                case CallOutput.Closed(var to, var cause) ->
                        endings.put(to, new Call.Ending(cause, by));
                case CallOutput.WakeAt(var atNanos) -> clock.wakeAt(next.id(), atNanos);
                case CallOutput.NotRinging _ -> {}
            }
        }
        endings.forEach((who, ending) -> {
            if (!before.elsewhere().containsKey(who)) {
                teller.closed(next, who, ending);
            }
        });
        teller.settled(next);
        post.stands(next, endings);
        if (next.isOver()) {
            calls.remove(next.id());
            heard.remove(next.id());
            journal.closed(next, step);
        }
    }
}
