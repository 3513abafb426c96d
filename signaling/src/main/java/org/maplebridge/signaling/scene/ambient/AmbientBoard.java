package org.maplebridge.signaling.scene.ambient;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.ambient.AmbientInput;
import org.maplebridge.dispatch.ambient.AmbientListening;
import org.maplebridge.dispatch.ambient.AmbientOutput;
import org.maplebridge.dispatch.ambient.Listening;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientAsked;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientChanged;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientEnded;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientState;
import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.scene.floor.RemotePeer;

/// Who listens in on the units of this node, from here or from another one: carries what happens
/// into [AmbientListening], and what it answers to the terminal, the listeners and the relay. Who
/// listens in on units of other nodes is kept by [EarsElsewhere].
///
/// Thread: any, guarded by this; calls [Legs] and [Microphones] while it holds its lock.
public final class AmbientBoard implements Elsewhere.Watcher {
    /// What became of a wish to listen in.
    public enum Starting {
        BEGUN,
        OFFLINE,
        NO_MEDIA,
        NO_SLOT,
        /// The id stands for something else that is heard.
        CONFLICT
    }

    /// One listening.
    ///
    /// @param picture whether the unit is to be seen, too
    record Ear(CallId id, Peer listener, UnitId unit, boolean picture, Instant since) {
        boolean isRepeatedBy(Ear other) {
            return isOf(other.listener) && unit.equals(other.unit);
        }

        boolean isOf(Peer other) {
            return listener.session().equals(other.session());
        }

        boolean isAt(MemberId node) {
            return listener instanceof RemotePeer remote && remote.member().equals(node);
        }
    }

    private static final class Unit {
        final SessionId terminal;
        Listening listening = Listening.NONE;

        Unit(SessionId terminal) {
            this.terminal = terminal;
        }
    }

    private final Legs legs;
    private final Microphones microphones;
    private final Peers peers;
    private final AmbientJournal journal;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final LongSupplier nanoClock;
    private final long patienceNanos;
    private final boolean notice;
    private final Map<UnitId, Unit> units = new HashMap<>();
    private final Map<CallId, Ear> ears = new HashMap<>();

    /// When the node of a listener last said that they still listen.
    private final Map<CallId, Long> heard = new HashMap<>();

    private final EarsElsewhere others;
    private volatile AmbientPost post = AmbientPost.NOWHERE;

    /// @param patienceNanos how long a terminal may take to open its microphone
    /// @param notice whether people are shown that somebody listens
    public AmbientBoard(
            Legs legs,
            Elsewhere elsewhere,
            Microphones microphones,
            Peers peers,
            AmbientJournal journal,
            ScheduledExecutorService timer,
            InstantSource clock,
            LongSupplier nanoClock,
            long patienceNanos,
            boolean notice) {
        this.legs = legs;
        this.microphones = microphones;
        this.peers = peers;
        this.journal = journal;
        this.timer = timer;
        this.clock = clock;
        this.nanoClock = nanoClock;
        this.patienceNanos = patienceNanos;
        this.notice = notice;
        others = new EarsElsewhere(legs, elsewhere, journal, nanoClock);
    }

    @Override
    public void rerouted(MemberId node) {
        others.rerouted(node);
    }

    @Override
    public void refused(MemberId node, SourceId source, String reason) {
        others.refused(node, source, reason);
    }

    void postBy(AmbientPost way) {
        post = way;
        others.postBy(way);
    }

    /// Nothing is heard, or even asked for, before it stands in the audit.
    public Starting start(Peer listener, CallId id, UnitId unit, boolean picture)
            throws RecordUnavailable {
        var ear = new Ear(id, listener, unit, picture, clock.instant());
        boolean known = locked(_ -> ears.containsKey(id));
        if (!known) {
            Optional<Starting> unable = locked(_ -> unable(ear));
            if (unable.isPresent()) {
                return unable.get();
            }
            if (peers.terminalsOf(unit).isEmpty()) {
                return others.start(ear).orElse(Starting.OFFLINE);
            }
            journal.begin(ear, Boolean.toString(notice));
        }
        var starting = locked(after -> start(ear, after));
        if (!known && starting != Starting.BEGUN) {
            journal.end(ear, "not-begun");
        }
        return starting;
    }

    private Optional<Starting> unable(Ear ear) {
        var session = ear.listener().session();
        if (legs.of(session).isEmpty()) {
            return Optional.of(Starting.NO_MEDIA);
        }
        if (legs.hears(session, ear.id())) {
            return Optional.of(Starting.CONFLICT);
        }
        return legs.hasRoom(session) ? Optional.empty() : Optional.of(Starting.NO_SLOT);
    }

    private Starting start(Ear ear, List<Runnable> after) {
        @Nullable Ear known = ears.get(ear.id());
        if (known != null && !known.isRepeatedBy(ear)) {
            return Starting.CONFLICT;
        }
        if (known == null) {
            Optional<Peer> terminal = peers.terminalsOf(ear.unit()).stream().findFirst();
            if (terminal.isEmpty()) {
                return Starting.OFFLINE;
            }
            ears.put(ear.id(), ear);
            units.computeIfAbsent(ear.unit(), _ -> new Unit(terminal.get().session()));
        }
        take(ear.unit(), new AmbientInput.Start(ear.id(), ear.listener().session()), after);
        return Starting.BEGUN;
    }

    /// @return false when this session listens to no such thing
    public boolean stop(Peer listener, CallId id) {
        return stop(id, ear -> ear.isOf(listener)) || others.stop(listener, id);
    }

    private boolean stop(CallId id, Predicate<Ear> which) {
        return locked(after -> {
            @Nullable Ear ear = ears.get(id);
            if (ear == null || !which.test(ear)) {
                return false;
            }
            take(ear.unit(), new AmbientInput.Stop(id, null), after);
            return true;
        });
    }

    /// The terminal's word on its microphone.
    ///
    /// @return false when this terminal was not asked for this
    public boolean report(Peer terminal, CallId id, boolean on, @Nullable String reason) {
        return locked(after -> {
            @Nullable Ear ear = ears.get(id);
            @Nullable Unit unit = ear == null ? null : units.get(ear.unit());
            if (ear == null || unit == null || !unit.terminal.equals(terminal.session())) {
                return false;
            }
            var said = on ? new AmbientInput.Opened() : new AmbientInput.Failed(reason);
            take(ear.unit(), said, after);
            return true;
        });
    }

    public void left(Peer peer) {
        others.left(peer);
        var unused =
                locked(after -> {
                    units.entrySet().stream()
                            .map(unit -> Map.entry(unit.getKey(), left(unit.getValue(), peer)))
                            .toList()
                            .forEach(gone -> take(gone.getKey(), gone.getValue(), after));
                    return true;
                });
    }

    private static AmbientInput left(Unit unit, Peer peer) {
        return unit.terminal.equals(peer.session())
                ? new AmbientInput.UnitLeft()
                : new AmbientInput.Left(peer.session());
    }

    /// Somebody of another node wants to listen, who may, and that is audited there.
    void startFor(RemotePeer listener, CallId id, UnitId unit, boolean picture) {
        var ear = new Ear(id, listener, unit, picture, clock.instant());
        var starting =
                locked(after -> {
                    var become = start(ear, after);
                    if (become == Starting.BEGUN) {
                        heard.put(id, nanoClock.getAsLong());
                    }
                    return become;
                });
        if (starting != Starting.BEGUN) {
            var why = starting == Starting.CONFLICT ? "conflict" : EarsElsewhere.OFFLINE;
            post.state(listener.member(), id, AmbientState.ENDED, notice, why);
        }
    }

    void stopFor(MemberId node, CallId id) {
        stop(id, ear -> ear.isAt(node));
    }

    /// Somebody of another node still listens; told how far it is, or that it is over.
    void stillFor(MemberId node, CallId id) {
        boolean known =
                locked(after -> {
                    @Nullable Ear ear = ears.get(id);
                    if (ear == null || !ear.isAt(node)) {
                        return false;
                    }
                    heard.put(id, nanoClock.getAsLong());
                    take(ear.unit(), new AmbientInput.Start(id, ear.listener().session()), after);
                    return true;
                });
        if (!known) {
            post.state(node, id, AmbientState.ENDED, notice, EarsElsewhere.OFFLINE);
        }
    }

    EarsElsewhere others() {
        return others;
    }

    /// Nothing comes from that node any more.
    void lost(MemberId node) {
        others.lost(node);
        stopAll(ear -> ear.isAt(node));
    }

    /// Makes good what letters between nodes did not bring.
    void repeat() {
        others.repeat();
        long now = nanoClock.getAsLong();
        stopAll(ear ->
                !ear.listener().isHere()
                        && now - heard.getOrDefault(ear.id(), now) > EarsElsewhere.SILENCE_NANOS);
    }

    private void stopAll(Predicate<Ear> which) {
        List<CallId> ids = locked(_ -> ears.values().stream().filter(which).map(Ear::id).toList());
        ids.forEach(id -> stop(id, which));
    }

    private void step(UnitId unit, AmbientInput input) {
        var unused =
                locked(after -> {
                    take(unit, input, after);
                    return true;
                });
    }

    /// What has to wait for the record is done when nobody waits for the lock.
    private <T> T locked(Function<List<Runnable>, T> work) {
        List<Runnable> after = new ArrayList<>();
        T result;
        synchronized (this) {
            result = work.apply(after);
        }
        after.forEach(Runnable::run);
        return result;
    }

    private void take(UnitId id, AmbientInput input, List<Runnable> after) {
        @Nullable Unit unit = units.get(id);
        if (unit == null) {
            return;
        }
        var step =
                AmbientListening.step(unit.listening, input, patienceNanos, nanoClock.getAsLong());
        unit.listening = step.next();
        if (step.next().listeners().isEmpty()) {
            units.remove(id);
        }
        step.outputs().forEach(output -> carryOut(id, unit.terminal, output, after));
    }

    private void carryOut(
            UnitId unit, SessionId terminal, AmbientOutput output, List<Runnable> after) {
        switch (output) {
            case AmbientOutput.Permit() ->
                    microphones.permit(terminal, Microphones.Reason.AMBIENT, unit.value());
            case AmbientOutput.Forbid() ->
                    microphones.forbid(terminal, Microphones.Reason.AMBIENT, unit.value());
            case AmbientOutput.Ask(var id) -> ask(terminal, id);
            case AmbientOutput.Release(var id) ->
                    peers.find(terminal).ifPresent(peer -> peer.send(new AmbientEnded(id.value())));
            case AmbientOutput.Hear(var id, var who) -> {
                // The slot that was free at the start may be taken meanwhile.
                if (isHere(id) && !legs.hearAhead(who, id, Sources.microphone(unit))) {
                    after.add(() -> step(unit, new AmbientInput.Stop(id, "no-slot")));
                }
            }
            case AmbientOutput.Unhear(var id, var who) -> {
                if (isHere(id)) {
                    legs.unhear(who, id);
                }
            }
            case AmbientOutput.Asked(var id, _) -> tell(id, AmbientState.ASKED, null);
            case AmbientOutput.On(var id, _) -> tell(id, AmbientState.ON, null);
            case AmbientOutput.Ended(var id, _, var reason) -> {
                tell(id, AmbientState.ENDED, reason);
                @Nullable Ear ear = ears.remove(id);
                heard.remove(id);
                if (ear != null && ear.listener().isHere()) {
                    after.add(() -> journal.end(ear, reason));
                }
            }
            case AmbientOutput.WakeAt(var atNanos) -> wakeAt(unit, atNanos);
        }
    }

    /// On a thread of its own: an end is written down.
    private void wakeAt(UnitId unit, long atNanos) {
        long delay = Math.max(0, atNanos - nanoClock.getAsLong());
        Runnable wake = () -> step(unit, new AmbientInput.Wake());
        var unused =
                timer.schedule(
                        () -> Thread.ofVirtual().name("ambient " + unit).start(wake),
                        delay,
                        TimeUnit.NANOSECONDS);
    }

    private void ask(SessionId terminal, CallId id) {
        @Nullable Ear ear = ears.get(id);
        if (ear != null) {
            peers.find(terminal)
                    .ifPresent(peer ->
                            peer.send(
                                    new AmbientAsked(
                                            id.value(),
                                            notice ? nameFor(ear.listener(), peer) : null,
                                            ear.picture(),
                                            notice)));
        }
    }

    /// Whether it is somebody of this node who listens.
    private boolean isHere(CallId id) {
        @Nullable Ear ear = ears.get(id);
        return ear != null && ear.listener().isHere();
    }

    private static String nameFor(Peer listener, Peer reader) {
        return listener.person().user().name().in(reader.locale());
    }

    private void tell(CallId id, AmbientState state, @Nullable String reason) {
        @Nullable Ear ear = ears.get(id);
        if (ear == null) {
            return;
        }
        if (ear.listener() instanceof RemotePeer remote) {
            post.state(remote.member(), id, state, notice, reason);
        } else {
            ear.listener()
                    .send(
                            new AmbientChanged(
                                    id.value(), ear.unit().value(), state, notice, reason));
        }
    }
}
