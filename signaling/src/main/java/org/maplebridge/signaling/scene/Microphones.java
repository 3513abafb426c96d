package org.maplebridge.signaling.scene;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.Microphone;
import org.maplebridge.dispatch.floor.RevokeCause;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorRevoked;

/// Which session's microphone may be open, and what happens to one that is open all the same: it is
/// told to stop, again and again, and in the end its peer connection is closed. Nobody hears it in
/// any case.
///
/// Thread: any, guarded by this.
public final class Microphones {
    /// Why a microphone is open.
    public enum Reason {
        /// It holds a floor.
        TALK,
        /// The unit is live with sound.
        LIVE,
        /// A private call in which both sides talk.
        CALL,
        /// Somebody listens in with the right to.
        AMBIENT
    }

    /// Words that were said before a gate was shut arrive for so long after it.
    private static final long STRAGGLING_NANOS = 150_000_000L;

    private record Use(Reason reason, String what) {}

    private static final class Entry {
        final SourceId source;
        Microphone.State state;
        long epoch;

        boolean talked;

        /// When the last talk's gate was shut.
        long shutNanos;

        /// Where the last talk was, for the words of a warning.
        String call = "none";

        Entry(SourceId source, long nowNanos) {
            this.source = source;
            state = Microphone.joined(nowNanos);
        }
    }

    private final Peers peers;
    private final Legs legs;
    private final Intrusions intrusions;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoClock;
    private final Map<SessionId, Entry> bySession = new HashMap<>();
    private final Map<SessionId, Set<Use>> uses = new HashMap<>();
    private final Map<SourceId, SessionId> owners = new HashMap<>();

    /// Hears of microphones that do not keep to the floor.
    @FunctionalInterface
    public interface Intrusions {
        void note(JournalKind kind, SessionId who);
    }

    public Microphones(
            Peers peers,
            Legs legs,
            Intrusions intrusions,
            ScheduledExecutorService timer,
            LongSupplier nanoClock) {
        this.peers = peers;
        this.legs = legs;
        this.intrusions = intrusions;
        this.timer = timer;
        this.nanoClock = nanoClock;
    }

    /// The session has a peer connection that may send this source. What was permitted before it
    /// had one holds.
    public synchronized void opened(Peer peer) {
        var source = Sources.microphone(peer);
        owners.put(source, peer.session());
        @Nullable Entry before = bySession.get(peer.session());
        var entry = new Entry(source, nanoClock.getAsLong());
        if (before != null) {
            entry.call = before.call;
        }
        bySession.put(peer.session(), entry);
        if (uses.containsKey(peer.session())) {
            step(peer.session(), entry, new Microphone.Input.Granted(++entry.epoch));
        }
    }

    public synchronized void left(SessionId session) {
        uses.remove(session);
        @Nullable Entry entry = bySession.remove(session);
        if (entry != null) {
            owners.remove(entry.source, session);
        }
    }

    /// @param what the conversation, unit or the like that it is open for
    public synchronized void permit(SessionId session, Reason reason, String what) {
        boolean added =
                uses.computeIfAbsent(session, _ -> new HashSet<>()).add(new Use(reason, what));
        @Nullable Entry entry = bySession.get(session);
        if (entry == null) {
            return;
        }
        if (reason == Reason.TALK) {
            entry.call = what;
        }
        if (added) {
            step(session, entry, new Microphone.Input.Granted(++entry.epoch));
        }
    }

    public synchronized void forbid(SessionId session, Reason reason, String what) {
        @Nullable Entry talker = reason == Reason.TALK ? bySession.get(session) : null;
        if (talker != null) {
            talker.talked = true;
            talker.shutNanos = nanoClock.getAsLong();
        }
        @Nullable Set<Use> those = uses.get(session);
        if (those == null || !those.remove(new Use(reason, what)) || !those.isEmpty()) {
            return;
        }
        uses.remove(session);
        @Nullable Entry entry = bySession.get(session);
        if (entry != null) {
            step(session, entry, new Microphone.Input.Idle());
        }
    }

    /// From when on this one's words may belong to the talk that begins now: not before `earliest`,
    /// and not while words of the talk before may have been on their way still.
    public synchronized long heardFrom(SessionId session, long earliestNanos) {
        @Nullable Entry entry = bySession.get(session);
        return entry == null || !entry.talked
                ? earliestNanos
                : Math.max(earliestNanos, entry.shutNanos + STRAGGLING_NANOS);
    }

    /// Whether somebody speaks who holds a floor, or is in a call without one.
    public synchronized boolean isTalking(SessionId session) {
        return uses.getOrDefault(session, Set.of()).stream()
                .anyMatch(use -> use.reason() == Reason.TALK || use.reason() == Reason.CALL);
    }

    /// Whether it is open for more than this conversation: then what was said before a key was
    /// pressed is not for the conversation.
    public synchronized boolean isOpenBeside(SessionId session, String call) {
        return uses.getOrDefault(session, Set.of()).stream()
                .anyMatch(use -> use.reason() != Reason.TALK || !use.what().equals(call));
    }

    /// Voice of this source arrives at the relay.
    public synchronized void mediaFrom(SourceId source) {
        @Nullable SessionId owner = owners.get(source);
        @Nullable Entry entry = owner == null ? null : bySession.get(owner);
        if (owner != null && entry != null) {
            step(owner, entry, new Microphone.Input.Media());
        }
    }

    private synchronized void wake(SessionId session) {
        @Nullable Entry entry = bySession.get(session);
        if (entry != null) {
            step(session, entry, new Microphone.Input.Wake());
        }
    }

    private void step(SessionId session, Entry entry, Microphone.Input input) {
        long now = nanoClock.getAsLong();
        var step = Microphone.step(entry.state, input, now);
        entry.state = step.next();
        for (var output : step.outputs()) {
            switch (output) {
                case Microphone.Output.Warn() -> warn(session, entry);
                case Microphone.Output.Disconnect() -> disconnect(session);
                case Microphone.Output.WakeAt(var atNanos) -> {
                    long delay = Math.max(0, atNanos - now);
                    var unused = timer.schedule(() -> wake(session), delay, TimeUnit.NANOSECONDS);
                }
            }
        }
    }

    private void warn(SessionId session, Entry entry) {
        Optional<Peer> peer = peers.find(session);
        peer.ifPresent(
                p -> p.send(new FloorRevoked(entry.call, RevokeCause.NO_PERMISSION.number())));
        intrusions.note(JournalKind.FLOOR_INTRUDED, session);
    }

    private void disconnect(SessionId session) {
        intrusions.note(JournalKind.MICROPHONE_CUT, session);
        legs.cut(session, "talks-without-floor");
    }
}
