package org.maplebridge.signaling.scene.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallInput;
import org.maplebridge.dispatch.call.CallState.End;
import org.maplebridge.dispatch.call.CallWish;
import org.maplebridge.dispatch.call.CallWish.Answering;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews;
import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.floor.RemotePeer;
import org.maplebridge.signaling.security.Roster;

/// The private calls of which somebody here is part. Those that were begun here are decided here;
/// what happens to the others is handed to who decides.
///
/// Thread: any, guarded by this.
public final class Calls implements Elsewhere.Watcher {
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
    private final CallDevices devices;
    private final Conversations conversations;
    private final Peers peers;
    private final Roster roster;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoClock;
    private final long ringNanos;
    private final DecidedCalls decided;
    private final FollowedCalls followed;
    private volatile CallPost post = CallPost.NOWHERE;

    /// @param self how other nodes call this one
    /// @param ringNanos how long a call rings at most
    public Calls(
            MemberId self,
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
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.ringNanos = ringNanos;
        var teller = new CallTeller(peers, voices);
        devices = new CallDevices(peers, voices);
        decided = new DecidedCalls(self, teller, peers, roster, journal, this::wakeAt, nanoClock);
        followed = new FollowedCalls(self, teller, journal);
    }

    synchronized void postBy(CallPost way) {
        post = way;
        decided.postBy(way);
        followed.postBy(way);
    }

    /// Begins a call; asked again by the same caller it is the same call, and where that unit rings
    /// here already, it is the answer. Waits for other nodes where the unit has devices.
    public Opening open(Peer caller, Unit unit, boolean oneAtATime, Answering answering) {
        return begun(caller, unit, oneAtATime)
                .orElseGet(() -> {
                    var elsewhere = post.devices(unit.id());
                    return begin(caller, unit, oneAtATime, answering, elsewhere);
                });
    }

    private synchronized Opening begin(
            Peer caller,
            Unit unit,
            boolean oneAtATime,
            Answering answering,
            List<CallDevices.Offer> elsewhere) {
        Optional<Opening> known = begun(caller, unit, oneAtATime);
        if (known.isPresent()) {
            return known.get();
        }
        var here = devices.of(unit.id());
        var ready = CallDevices.ready(here, elsewhere, answering);
        if (ready.isEmpty()) {
            boolean away = here.isEmpty() && elsewhere.isEmpty();
            return new Opening.Unable(away ? Cause.OFFLINE : Cause.NO_SLOT);
        }
        var wish = new CallWish(caller.session(), oneAtATime, answering, ready, ringNanos);
        var others = CallDevices.others(elsewhere);
        return new Opening.Begun(
                decided.begin(caller, Party.of(caller, roster), Party.of(unit), wish, others));
    }

    /// What is known of such a call without asking anybody: that it runs, or cannot be.
    private synchronized Optional<Opening> begun(Peer caller, Unit unit, boolean oneAtATime) {
        var from = Party.of(caller, roster);
        var to = Party.of(unit);
        for (var call : all()) {
            if (call.isBetween(from, to) && call.endOf(caller.session()).isPresent()) {
                return Optional.of(again(caller, call));
            }
        }
        return unable(caller, oneAtATime).map(Opening.Unable::new);
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

    /// How this device takes calls from now on.
    public void picksUp(SessionId session, boolean byItself) {
        devices.picksUp(session, byItself);
    }

    /// @return why not; at another node a faster device may still win, and this one is told
    public synchronized Optional<Cause> answer(Peer peer, CallId id) {
        Optional<Call> call = ringing(id, peer.session());
        return call.isPresent() ? answer(peer, call.get(), null) : Optional.of(Cause.NOT_RINGING);
    }

    /// @param answered gets its news as the answer to its request
    private Optional<Cause> answer(Peer peer, Call call, @Nullable SessionId answered) {
        Optional<Cause> unable = unable(peer, call.oneAtATime());
        if (unable.isEmpty() && isOurs(call)) {
            decided.answer(call, peer, answered);
        } else if (unable.isEmpty()) {
            post.happened(call, new CallInput.Answer(peer.session()), null);
        }
        return unable;
    }

    /// @return false when this call does not ring here (any more)
    public synchronized boolean decline(Peer peer, CallId id, @Nullable String reason) {
        Optional<Call> call = ringing(id, peer.session());
        call.ifPresent(rings -> {
            if (isOurs(rings)) {
                decided.decline(rings, peer, reason);
            } else {
                post.happened(rings, new CallInput.Decline(peer.session()), reason);
            }
        });
        return call.isPresent();
    }

    private Optional<Call> ringing(CallId id, SessionId where) {
        return find(id).filter(call -> call.rings(where));
    }

    /// @return false when this session is in no such call
    public synchronized boolean hangUp(Peer peer, CallId id) {
        @Nullable Call call =
                find(id).filter(known -> known.endOf(peer.session()).isPresent()).orElse(null);
        if (call == null) {
            return false;
        }
        if (call.rings(peer.session())) {
            return decline(peer, id, null);
        }
        if (isOurs(call)) {
            decided.hangUp(call, peer);
        } else {
            post.happened(call, new CallInput.HangUp(peer.session()), null);
        }
        return true;
    }

    /// Late entry: who is a side of a running call is in it, and where it rings, it rings here too.
    public synchronized void joined(Peer peer) {
        decided.joined(peer);
        post.came(peer);
    }

    public synchronized void left(Peer peer) {
        devices.left(peer.session());
        for (var call : all()) {
            if (call.endOf(peer.session()).isEmpty()) {
                continue;
            }
            voices.leave(call, peer.session());
            if (isOurs(call)) {
                decided.lost(call, peer.session());
            } else {
                post.happened(call, new CallInput.Lost(peer.session()), null);
            }
        }
    }

    /// Whether this session may ask for the floor of this call.
    public synchronized boolean isIn(CallId id, SessionId session) {
        return find(id).filter(call -> call.oneAtATime() && call.isOpen())
                .flatMap(call -> call.endOf(session))
                .isPresent();
    }

    /// The units at both ends; empty when this is no private call.
    public synchronized Set<UnitId> sides(CallId id) {
        return find(id).stream()
                .flatMap(call -> Stream.of(End.values()).map(call::party))
                .map(Party::id)
                .map(UnitId::new)
                .filter(unit -> roster.organisation().unit(unit).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What this session is told of a call it is in, as it stands.
    public synchronized Optional<ServerMessage> news(CallId id, Peer peer, @Nullable String re) {
        return find(id).flatMap(call -> call.news(peer, re));
    }

    public synchronized List<SessionNews.Call> shownTo(Peer peer) {
        return all().stream()
                .flatMap(call ->
                        call.shown(peer, conversations.floorOf(call.id()).orElse(null)).stream())
                .toList();
    }

    /// How another node may call this unit here.
    List<CallDevices.Offer> devicesOf(UnitId unit) {
        return devices.of(unit);
    }

    /// Another node says how a call stands that it decides about.
    synchronized void stands(Call told, Map<SessionId, Call.Ending> endings) {
        if (followed.stands(told, endings, nanoClock.getAsLong())) {
            decided.giveWay(told);
        }
    }

    /// Another node's people did something in a call that is decided here.
    synchronized void happened(
            MemberId from, CallId call, CallInput input, @Nullable String reason) {
        decided.happened(from, call, input, reason);
    }

    synchronized void there(MemberId from, CallId call, long number, List<SessionId> present) {
        decided.there(from, call, number, present);
    }

    /// Another node knows nothing of a call that it decided about.
    synchronized void gone(MemberId from, CallId call) {
        followed.gone(from, call);
    }

    /// Somebody came to another node.
    synchronized void came(RemotePeer peer) {
        decided.joined(peer);
    }

    /// Another node waits for this unit to come back to a call.
    void sayWhoIsHere(UnitId unit) {
        peers.terminalsOf(unit).forEach(post::came);
    }

    /// Nothing comes from that node any more.
    synchronized void lost(MemberId node) {
        followed.lost(node);
        decided.lost(node);
    }

    @Override
    public synchronized void rerouted(MemberId node) {
        all().forEach(call -> voices.rerouted(call, node));
    }

    /// Whom the other side may not be heard by hears silence; the call itself stands.
    @Override
    public void refused(MemberId node, SourceId source, String reason) {}

    /// Makes good what letters between nodes did not bring.
    synchronized void repeat() {
        long now = nanoClock.getAsLong();
        followed.repeat(now);
        decided.repeat(now);
    }

    private boolean isOurs(Call call) {
        return decided.find(call.id()) != null;
    }

    private Optional<Call> find(CallId id) {
        @Nullable Call ours = decided.find(id);
        return Optional.ofNullable(ours == null ? followed.find(id) : ours);
    }

    synchronized List<Call> all() {
        return Stream.concat(decided.all().stream(), followed.all().stream()).toList();
    }

    private void wakeAt(CallId id, long atNanos) {
        long delay = Math.max(0, atNanos - nanoClock.getAsLong());
        var unused = timer.schedule(() -> wake(id), delay, TimeUnit.NANOSECONDS);
    }

    private synchronized void wake(CallId id) {
        decided.wake(id);
    }
}
