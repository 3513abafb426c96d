package org.maplebridge.signaling.scene;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallInput;
import org.maplebridge.dispatch.call.CallOutput;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.call.PrivateCall;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallClosed;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews;
import org.maplebridge.signaling.security.Roster;

/// The private calls of this node. Each has a conversation with a floor.
///
/// Thread: any, guarded by this.
public final class Calls {
    /// @param id of the unit, or of the person when they speak for none
    private record Party(String id, Name name) {
        static Party of(Peer peer, Roster roster) {
            return peer.unit()
                    .flatMap(roster.organisation()::unit)
                    .map(Party::of)
                    .orElseGet(() ->
                            new Party(
                                    peer.person().user().id().value(),
                                    peer.person().user().name()));
        }

        static Party of(Unit unit) {
            return new Party(unit.id().value(), unit.name());
        }
    }

    private record Call(CallId id, Party caller, Party callee, Name openedBy, CallState state) {
        Call with(CallState next) {
            return new Call(id, caller, callee, openedBy, next);
        }

        Optional<End> endOf(SessionId session) {
            return state instanceof CallState.Open open
                    ? Optional.ofNullable(open.present().get(session))
                    : Optional.empty();
        }
    }

    private final Conversations conversations;
    private final Peers peers;
    private final Roster roster;
    private final Chronicle chronicle;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final Map<CallId, Call> calls = new HashMap<>();

    public Calls(
            Conversations conversations,
            Peers peers,
            Roster roster,
            Chronicle chronicle,
            ScheduledExecutorService timer,
            InstantSource clock,
            LongSupplier nanoClock) {
        this.conversations = conversations;
        this.peers = peers;
        this.roster = roster;
        this.chronicle = chronicle;
        this.timer = timer;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    /// Opens a call at both ends; asked again by the same caller it is the same call.
    ///
    /// @return nothing when nobody is connected as the unit
    public synchronized Optional<CallId> open(Peer caller, Unit unit) {
        var callees =
                peers.ofUnit(unit.id()).stream()
                        .map(Peer::session)
                        .filter(session -> !session.equals(caller.session()))
                        .toList();
        if (callees.isEmpty()) {
            return Optional.empty();
        }
        var from = Party.of(caller, roster);
        var to = Party.of(unit);
        for (var call : calls.values()) {
            if (call.callee().equals(to) && call.endOf(caller.session()).isPresent()) {
                return Optional.of(call.id());
            }
        }
        var step = PrivateCall.open(caller.session(), callees, nanoClock.getAsLong());
        var id = new CallId(UUID.randomUUID().toString());
        var name = caller.person().user().name();
        var call = new Call(id, from, to, name, step.next());
        calls.put(id, call);
        note(JournalKind.CALL_OPENED, id, caller.person().user().id(), unit);
        carryOut(call, step, caller.session());
        return Optional.of(id);
    }

    /// @return false when this session is in no such call
    public synchronized boolean hangUp(Peer peer, CallId id) {
        @Nullable Call call = calls.get(id);
        if (call == null || call.endOf(peer.session()).isEmpty()) {
            return false;
        }
        take(call, new CallInput.HangUp(peer.session()), peer.name());
        return true;
    }

    /// Late entry: who is a side of a running call is in it.
    public synchronized void joined(Peer peer) {
        for (var call : List.copyOf(calls.values())) {
            var party = Party.of(peer, roster);
            if (call.callee().id().equals(party.id())) {
                take(call, new CallInput.Join(peer.session(), End.CALLEE), null);
            } else if (call.caller().id().equals(party.id()) && peer.isTerminal()) {
                take(call, new CallInput.Join(peer.session(), End.CALLER), null);
            }
        }
    }

    public synchronized void left(Peer peer) {
        for (var call : List.copyOf(calls.values())) {
            if (call.endOf(peer.session()).isPresent()) {
                conversations.leave(call.id(), peer.session());
                take(call, new CallInput.Lost(peer.session()), null);
            }
        }
    }

    public synchronized boolean isIn(CallId id, SessionId session) {
        @Nullable Call call = calls.get(id);
        return call != null && call.endOf(session).isPresent();
    }

    /// The units at both ends; empty when this is no private call.
    public synchronized Set<UnitId> sides(CallId id) {
        @Nullable Call call = calls.get(id);
        return call == null
                ? Set.of()
                : Stream.of(call.caller(), call.callee())
                        .map(Party::id)
                        .map(UnitId::new)
                        .filter(unit -> roster.organisation().unit(unit).isPresent())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// What this session is told of a call it is in.
    public synchronized Optional<CallOpened> opened(CallId id, Peer peer, @Nullable String re) {
        @Nullable Call call = calls.get(id);
        return call == null
                ? Optional.empty()
                : call.endOf(peer.session()).map(end -> opened(call, end, peer, re));
    }

    public synchronized List<SessionNews.Call> shownTo(Peer peer) {
        var shown = new ArrayList<SessionNews.Call>();
        for (var call : calls.values()) {
            opened(call.id(), peer, null)
                    .ifPresent(opened ->
                            shown.add(
                                    new SessionNews.Call(
                                            opened.call(),
                                            opened.unit(),
                                            opened.name(),
                                            opened.by(),
                                            opened.oneAtATime(),
                                            false,
                                            opened.incoming(),
                                            conversations.floorOf(call.id()).orElse(null))));
        }
        return shown;
    }

    private static CallOpened opened(Call call, End end, Peer peer, @Nullable String re) {
        var other = end == End.CALLER ? call.callee() : call.caller();
        var locale = peer.locale();
        return new CallOpened(
                re,
                call.id().value(),
                other.id(),
                other.name().in(locale),
                call.openedBy().in(locale),
                true,
                end == End.CALLEE);
    }

    private void take(Call call, CallInput input, @Nullable String by) {
        var step = PrivateCall.step(call.state(), input, nanoClock.getAsLong());
        var next = call.with(step.next());
        calls.put(call.id(), next);
        for (var output : step.outputs()) {
            if (output instanceof CallOutput.Closed(var to, _)) {
                close(next, to, by);
            }
        }
        carryOut(next, step, null);
        if (step.next() instanceof CallState.Closed) {
            calls.remove(call.id());
            conversations.end(call.id());
            note(JournalKind.CALL_CLOSED, call.id(), null, null);
        }
    }

    /// @param answered gets its `call.opened` as the answer to its request
    private void carryOut(Call call, PrivateCall.Step step, @Nullable SessionId answered) {
        for (var output : step.outputs()) {
            switch (output) {
                case CallOutput.Opened(var to) ->
                        peers.find(to).ifPresent(peer -> enter(call, peer, !to.equals(answered)));
                case CallOutput.WakeAt(var atNanos) -> wakeAt(call.id(), atNanos);
                case CallOutput.Closed _ -> {}
            }
        }
    }

    private void enter(Call call, Peer peer, boolean tell) {
        if (tell) {
            call.endOf(peer.session()).ifPresent(end -> peer.send(opened(call, end, peer, null)));
        }
        conversations.join(call.id(), peer, Speakers.of(peer, roster.organisation()));
    }

    private void close(Call call, SessionId to, @Nullable String by) {
        conversations.leave(call.id(), to);
        peers.find(to)
                .ifPresent(peer ->
                        peer.send(new CallClosed(call.id().value(), by, CallNews.Cause.HUNG_UP)));
    }

    private void wakeAt(CallId id, long atNanos) {
        long delay = Math.max(0, atNanos - nanoClock.getAsLong());
        var unused = timer.schedule(() -> wake(id), delay, TimeUnit.NANOSECONDS);
    }

    private synchronized void wake(CallId id) {
        @Nullable Call call = calls.get(id);
        if (call != null) {
            take(call, new CallInput.Wake(), null);
        }
    }

    private void note(JournalKind kind, CallId call, @Nullable UserId by, @Nullable Unit unit) {
        var subjects = new ArrayList<>(List.of(Subject.of(call)));
        if (unit != null) {
            subjects.add(Subject.of(unit.id()));
        }
        chronicle.note(new Happening(clock.instant(), kind, by, null, subjects, Map.of()));
    }
}
