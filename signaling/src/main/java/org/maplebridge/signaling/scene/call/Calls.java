package org.maplebridge.signaling.scene.call;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
import org.maplebridge.dispatch.call.CallWish;
import org.maplebridge.dispatch.call.CallWish.Answering;
import org.maplebridge.dispatch.call.CallWish.Device;
import org.maplebridge.dispatch.call.PrivateCall;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.security.Roster;

/// The private calls of this node: carries what happens into [PrivateCall], and what it answers to
/// the devices, the relay and the clock.
///
/// Thread: any, guarded by this.
public final class Calls {
    /// What became of a call that somebody wanted.
    public sealed interface Opening {
        record Begun(CallId call) implements Opening {}

        record Unable(Cause why) implements Opening {}
    }

    /// Why somebody is in no call.
    public enum Cause {
        /// Nobody is connected as the unit.
        OFFLINE,
        NO_MEDIA,
        /// All voice slots are taken.
        NO_SLOT,
        /// It does not ring here (any more).
        NOT_RINGING
    }

    private final CallVoices voices;
    private final Conversations conversations;
    private final Peers peers;
    private final Roster roster;
    private final CallJournal journal;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoClock;
    private final long ringNanos;
    private final Map<CallId, Call> calls = new HashMap<>();
    private final Set<SessionId> manual = new HashSet<>();

    /// @param ringNanos how long a call rings at most
    public Calls(
            CallVoices voices,
            Conversations conversations,
            Peers peers,
            Roster roster,
            CallJournal journal,
            ScheduledExecutorService timer,
            LongSupplier nanoClock,
            long ringNanos) {
        this.voices = voices;
        this.conversations = conversations;
        this.peers = peers;
        this.roster = roster;
        this.journal = journal;
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.ringNanos = ringNanos;
    }

    /// Begins a call; asked again by the same caller it is the same call, and where that unit rings
    /// here already, it is the answer.
    public synchronized Opening open(
            Peer caller, Unit unit, boolean oneAtATime, Answering answering) {
        var from = Party.of(caller, roster);
        var to = Party.of(unit);
        for (var call : List.copyOf(calls.values())) {
            if (call.isBetween(from, to) && call.endOf(caller.session()).isPresent()) {
                return again(caller, call);
            }
        }
        Optional<Cause> unable = unable(caller, oneAtATime);
        if (unable.isPresent()) {
            return new Opening.Unable(unable.get());
        }
        List<Device> devices = devices(unit, caller.session(), answering);
        if (devices.isEmpty()) {
            boolean there = !peers.ofUnit(unit.id()).isEmpty();
            return new Opening.Unable(there ? Cause.NO_SLOT : Cause.OFFLINE);
        }
        return begin(caller, from, to, wish(caller, oneAtATime, answering, devices));
    }

    private Opening again(Peer caller, Call call) {
        Optional<Cause> unable =
                call.rings(caller.session())
                        ? answer(caller, call, caller.session())
                        : Optional.empty();
        return unable.<Opening>map(Opening.Unable::new)
                .orElseGet(() -> new Opening.Begun(call.id()));
    }

    private Optional<Cause> unable(Peer peer, boolean oneAtATime) {
        if (voices.lacksMedia(peer.session(), oneAtATime)) {
            return Optional.of(Cause.NO_MEDIA);
        }
        return voices.hasRoom(peer.session()) ? Optional.empty() : Optional.of(Cause.NO_SLOT);
    }

    private CallWish wish(
            Peer caller, boolean oneAtATime, Answering answering, List<Device> devices) {
        return new CallWish(caller.session(), oneAtATime, answering, devices, ringNanos);
    }

    private Opening begin(Peer caller, Party from, Party to, CallWish wish) {
        var step = PrivateCall.begin(wish, nanoClock.getAsLong());
        var id = new CallId(UUID.randomUUID().toString());
        var by = caller.person().user().name();
        var call = new Call(id, from, to, by, wish.oneAtATime(), step.next());
        calls.put(id, call);
        journal.opened(call, wish, caller);
        carryOut(call, step, caller.session(), null);
        return new Opening.Begun(id);
    }

    /// The unit itself first. A device that could not hear another call rings instead of opening,
    /// so that its people may make room; one that would be forced open is left out.
    private List<Device> devices(Unit unit, SessionId caller, Answering answering) {
        return peers.ofUnit(unit.id()).stream()
                .filter(peer -> !peer.session().equals(caller))
                .filter(peer -> answering != Answering.FORCED || voices.hasRoom(peer.session()))
                .sorted(Comparator.comparing(Peer::isTerminal).reversed())
                .map(peer ->
                        new Device(
                                peer.session(),
                                peer.isTerminal(),
                                !manual.contains(peer.session()) && voices.hasRoom(peer.session())))
                .toList();
    }

    /// How this device takes calls from now on.
    public synchronized void picksUp(SessionId session, boolean byItself) {
        if (byItself) {
            manual.remove(session);
        } else {
            manual.add(session);
        }
    }

    /// @return why not
    public synchronized Optional<Cause> answer(Peer peer, CallId id) {
        Optional<Call> call = ringing(id, peer.session());
        return call.isPresent() ? answer(peer, call.get(), null) : Optional.of(Cause.NOT_RINGING);
    }

    /// @param answered gets its news as the answer to its request
    private Optional<Cause> answer(Peer peer, Call call, @Nullable SessionId answered) {
        Optional<Cause> unable = unable(peer, call.oneAtATime());
        if (unable.isEmpty()) {
            var input = new CallInput.Answer(peer.session());
            var step = PrivateCall.step(call.state(), input, nanoClock.getAsLong());
            var open = call.with(step.next());
            calls.put(call.id(), open);
            journal.answered(open, peer);
            carryOut(open, step, answered, peer.name());
        }
        return unable;
    }

    /// @return false when this call does not ring here (any more)
    public synchronized boolean decline(Peer peer, CallId id, @Nullable String reason) {
        Optional<Call> call = ringing(id, peer.session());
        call.ifPresent(rings -> {
            journal.declined(rings, peer, reason);
            take(rings, new CallInput.Decline(peer.session()), peer.name());
        });
        return call.isPresent();
    }

    private Optional<Call> ringing(CallId id, SessionId where) {
        return Optional.ofNullable(calls.get(id)).filter(call -> call.rings(where));
    }

    /// @return false when this session is in no such call
    public synchronized boolean hangUp(Peer peer, CallId id) {
        @Nullable Call call = calls.get(id);
        if (call == null || call.endOf(peer.session()).isEmpty()) {
            return false;
        }
        if (call.rings(peer.session())) {
            return decline(peer, id, null);
        }
        take(call, new CallInput.HangUp(peer.session()), peer.name());
        return true;
    }

    /// Late entry: who is a side of a running call is in it, and where it rings, it rings here too.
    public synchronized void joined(Peer peer) {
        for (var call : List.copyOf(calls.values())) {
            join(call, peer);
        }
    }

    private void join(Call call, Peer peer) {
        var party = Party.of(peer, roster);
        if (call.callee().id().equals(party.id())) {
            take(call, new CallInput.Join(peer.session(), End.CALLEE), null);
        } else if (call.caller().id().equals(party.id()) && peer.isTerminal()) {
            take(call, new CallInput.Join(peer.session(), End.CALLER), null);
        }
    }

    /// Where a side was one device, another terminal of the unit takes its place: the one that took
    /// over from it is there before it is gone.
    public synchronized void left(Peer peer) {
        manual.remove(peer.session());
        for (var call : List.copyOf(calls.values())) {
            if (call.endOf(peer.session()).isEmpty()) {
                continue;
            }
            voices.leave(call, peer.session());
            take(call, new CallInput.Lost(peer.session()), null);
            @Nullable Call next = calls.get(call.id());
            if (next != null && next.state() instanceof CallState.Open open && open.lonely()) {
                peer.unit().stream()
                        .flatMap(unit -> peers.terminalsOf(unit).stream())
                        .filter(other -> !other.session().equals(peer.session()))
                        .forEach(other -> join(next, other));
            }
        }
    }

    /// Whether this session may ask for the floor of this call.
    public synchronized boolean isIn(CallId id, SessionId session) {
        @Nullable Call call = calls.get(id);
        return call != null
                && call.oneAtATime()
                && call.state() instanceof CallState.Open
                && call.endOf(session).isPresent();
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

    /// What this session is told of a call it is in, as it stands.
    public synchronized Optional<ServerMessage> news(CallId id, Peer peer, @Nullable String re) {
        @Nullable Call call = calls.get(id);
        return call == null ? Optional.empty() : call.news(peer, re);
    }

    public synchronized List<SessionNews.Call> shownTo(Peer peer) {
        return calls.values().stream()
                .flatMap(call ->
                        call.shown(peer, conversations.floorOf(call.id()).orElse(null)).stream())
                .toList();
    }

    /// @param by the name of who did it
    private void take(Call call, CallInput input, @Nullable String by) {
        var step = PrivateCall.step(call.state(), input, nanoClock.getAsLong());
        var next = call.with(step.next());
        calls.put(call.id(), next);
        carryOut(next, step, null, by);
        if (step.next() instanceof CallState.Closed) {
            calls.remove(call.id());
            voices.end(next);
            journal.closed(next, step);
        }
    }

    /// @param answered gets its news as the answer to its request
    private void carryOut(
            Call call, PrivateCall.Step step, @Nullable SessionId answered, @Nullable String by) {
        for (var output : step.outputs()) {
            switch (output) {
                case CallOutput.Ringing(var to) -> tell(call, to, !to.equals(answered));
                case CallOutput.Opened(var to) -> {
                    tell(call, to, !to.equals(answered));
                    peers.find(to).ifPresent(peer -> voices.enter(call, peer));
                }
                case CallOutput.Closed(var to, var cause) -> {
                    voices.leave(call, to);
                    peers.find(to).ifPresent(peer -> peer.send(call.closed(cause, by)));
                }
                case CallOutput.WakeAt(var atNanos) -> wakeAt(call.id(), atNanos);
                case CallOutput.NotRinging _ -> {}
            }
        }
    }

    private void tell(Call call, SessionId to, boolean wanted) {
        if (wanted) {
            peers.find(to).ifPresent(peer -> call.news(peer, null).ifPresent(peer::send));
        }
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
}
