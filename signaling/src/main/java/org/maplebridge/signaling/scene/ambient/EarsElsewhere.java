package org.maplebridge.signaling.scene.ambient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientChanged;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientState;
import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Sources;

/// People of this node who listen in on units of other nodes. Whether they may, that it is audited,
/// and what they hear is this node's business; the terminal and what its people are shown is the
/// other one's, which says how far it is.
///
/// Thread: any, guarded by this; the record is asked when nobody waits for the lock.
final class EarsElsewhere {
    /// Who says nothing for so long is taken for gone.
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

    /// What a listener reads when the unit, or its node, is gone.
    static final String OFFLINE = "offline";

    /// @param told last; absent at first
    /// @param notice whether people there are shown it
    /// @param here how the unit's microphone is called on this node, while it is heard
    private record Away(
            AmbientBoard.Ear ear,
            MemberId node,
            @Nullable AmbientState told,
            boolean notice,
            @Nullable SourceId here,
            long heardNanos) {}

    private final Legs legs;
    private final Elsewhere elsewhere;
    private final AmbientJournal journal;
    private final LongSupplier nanoClock;
    private final Map<CallId, Away> ears = new HashMap<>();
    private volatile AmbientPost post = AmbientPost.NOWHERE;

    EarsElsewhere(Legs legs, Elsewhere elsewhere, AmbientJournal journal, LongSupplier nanoClock) {
        this.legs = legs;
        this.elsewhere = elsewhere;
        this.journal = journal;
        this.nanoClock = nanoClock;
    }

    void postBy(AmbientPost way) {
        post = way;
    }

    /// Nothing is asked for before it stands in the audit.
    ///
    /// @return nothing when the unit's terminal is at no other node
    Optional<AmbientBoard.Starting> start(AmbientBoard.Ear ear) throws RecordUnavailable {
        @Nullable Away known = find(ear.id());
        if (known != null) {
            return Optional.of(
                    known.ear().isRepeatedBy(ear)
                            ? AmbientBoard.Starting.BEGUN
                            : AmbientBoard.Starting.CONFLICT);
        }
        Optional<MemberId> node = post.nodeOf(ear.unit());
        if (node.isPresent()) {
            journal.begin(ear, "of " + node.get());
            put(new Away(ear, node.get(), null, false, null, nanoClock.getAsLong()));
            post.start(node.get(), ear);
        }
        return node.map(_ -> AmbientBoard.Starting.BEGUN);
    }

    /// The unit's node says how far it is.
    void state(
            MemberId from, CallId id, AmbientState state, boolean notice, @Nullable String reason) {
        if (state == AmbientState.ENDED) {
            end(away -> away.node().equals(from) && away.ear().id().equals(id), reason);
        } else if (!advance(from, id, state, notice)) {
            stop(away -> away.ear().id().equals(id), "no-slot");
        }
    }

    /// @return false when it cannot be heard
    private synchronized boolean advance(
            MemberId from, CallId id, AmbientState state, boolean notice) {
        @Nullable Away away = ears.get(id);
        if (away == null || !away.node().equals(from)) {
            return true;
        }
        var ear = away.ear();
        @Nullable SourceId here = away.here();
        if (state == AmbientState.ON && here == null) {
            var microphone = Sources.microphone(ear.unit());
            here = elsewhere.want(from, microphone, false).orElse(null);
            if (here == null || !legs.hearAhead(ear.listener().session(), id, here)) {
                ears.put(id, new Away(ear, from, away.told(), notice, here, away.heardNanos()));
                return false;
            }
        }
        ears.put(id, new Away(ear, from, state, notice, here, nanoClock.getAsLong()));
        if (state != away.told()) {
            tell(ear, state, notice, null);
        }
        return true;
    }

    /// @return false when this session listens to no such thing
    boolean stop(Peer listener, CallId id) {
        return stop(away -> away.ear().id().equals(id) && away.ear().isOf(listener), null);
    }

    void left(Peer listener) {
        stop(away -> away.ear().isOf(listener), null);
    }

    /// Nothing comes from that node any more.
    void lost(MemberId node) {
        end(away -> away.node().equals(node), OFFLINE);
    }

    /// What is heard from that node comes another way now.
    synchronized void rerouted(MemberId node) {
        for (var away : all()) {
            if (away.node().equals(node) && away.here() != null) {
                var ear = away.ear();
                var microphone = Sources.microphone(ear.unit());
                @Nullable SourceId here = elsewhere.want(node, microphone, false).orElse(null);
                elsewhere.unwant(node, microphone);
                if (here != null) {
                    var unused = legs.hearAhead(ear.listener().session(), ear.id(), here);
                }
                put(new Away(ear, node, away.told(), away.notice(), here, away.heardNanos()));
            }
        }
    }

    /// It cannot be heard.
    void refused(MemberId node, SourceId source, String reason) {
        stop(
                away ->
                        away.node().equals(node)
                                && Sources.microphone(away.ear().unit()).equals(source),
                reason);
    }

    /// Tells again who listens, in case a letter was lost.
    void repeat() {
        long now = nanoClock.getAsLong();
        end(away -> now - away.heardNanos() > SILENCE_NANOS, OFFLINE);
        for (var away : all()) {
            post.still(away.node(), away.ear().id());
        }
    }

    private boolean stop(Predicate<Away> which, @Nullable String reason) {
        var ended = end(which, reason);
        ended.forEach(away -> post.stop(away.node(), away.ear().id()));
        return !ended.isEmpty();
    }

    private List<Away> end(Predicate<Away> which, @Nullable String reason) {
        var ended = take(which);
        for (var away : ended) {
            tell(away.ear(), AmbientState.ENDED, away.notice(), reason);
            journal.end(away.ear(), reason);
        }
        return ended;
    }

    private synchronized List<Away> take(Predicate<Away> which) {
        var taken = ears.values().stream().filter(which).toList();
        for (var away : taken) {
            ears.remove(away.ear().id());
            if (away.here() != null) {
                legs.unhear(away.ear().listener().session(), away.ear().id());
                elsewhere.unwant(away.node(), Sources.microphone(away.ear().unit()));
            }
        }
        return taken;
    }

    private synchronized @Nullable Away find(CallId id) {
        return ears.get(id);
    }

    private synchronized void put(Away away) {
        ears.put(away.ear().id(), away);
    }

    private synchronized List<Away> all() {
        return new ArrayList<>(ears.values());
    }

    private static void tell(
            AmbientBoard.Ear ear, AmbientState state, boolean notice, @Nullable String reason) {
        var unit = ear.unit().value();
        ear.listener().send(new AmbientChanged(ear.id().value(), unit, state, notice, reason));
    }
}
