package org.maplebridge.signaling.burst;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.burst.Turn;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Speech;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows each burst from its grant until it is over and its sound lies in its file, whichever is
/// later, and hands it on then.
///
/// Thread: any, guarded by this; never waits for record or relay.
public final class Bursts implements Speech.Log, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Bursts.class);

    /// A relay that has not closed a file by then will not.
    static final Duration FILE_PATIENCE = Duration.ofSeconds(5);

    private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// A burst that is over, before anybody was told.
    ///
    /// @param burst not an order yet, whatever was asked for
    public record Said(Burst burst, Speech speech) {}

    /// What has to be known of a burst beside the burst.
    ///
    /// @param hears whether a session has a peer connection
    /// @param sides the units of a private call; empty for a group
    /// @param incident whose group it is
    public record Surroundings(
            Predicate<SessionId> hears,
            Function<CallId, Set<UnitId>> sides,
            Function<CallId, Optional<IncidentId>> incident) {}

    /// Keeps what a channel carries during one grant; as `MediaRelay.record`.
    @FunctionalInterface
    public interface Recorder {
        void record(SourceId channel, long epoch, Path file);
    }

    /// Comes back later.
    @FunctionalInterface
    public interface Later {
        void run(Duration after, Runnable task);
    }

    private record Grant(SourceId channel, long epoch) {
        static Grant of(Speech speech) {
            return new Grant(speech.channel(), speech.epoch());
        }
    }

    private record Ending(Instant at, BurstEnd end) {}

    private static final class Running {
        final Speech speech;
        final Set<UnitId> listeners;
        final Set<UnitId> sides;
        final @Nullable IncidentId incident;
        final @Nullable Path file;
        @Nullable Ending ending;
        RelayEvent.@Nullable Recorded recorded;

        Running(
                Speech speech,
                Set<UnitId> listeners,
                Set<UnitId> sides,
                @Nullable IncidentId incident,
                @Nullable Path file) {
            this.speech = speech;
            this.listeners = listeners;
            this.sides = sides;
            this.incident = incident;
            this.file = file;
        }
    }

    private final Recorder recorder;
    private final VoiceFiles files;
    private final boolean records;
    private final Surroundings around;
    private final Later later;
    private final Consumer<Said> desk;
    private final Map<Grant, Running> running = new HashMap<>();

    /// @param records whether sound is kept
    /// @param desk takes what is over
    public Bursts(
            Recorder recorder,
            VoiceFiles files,
            boolean records,
            Surroundings around,
            Later later,
            Consumer<Said> desk) {
        this.recorder = recorder;
        this.files = files;
        this.records = records;
        this.around = around;
        this.later = later;
        this.desk = desk;
    }

    @Override
    public void began(Speech speech) {
        var listeners = new HashSet<UnitId>();
        speech.talker().unit().ifPresent(listeners::add);
        for (var peer : speech.audience()) {
            if (around.hears().test(peer.session())) {
                peer.unit().ifPresent(listeners::add);
            }
        }
        @Nullable Path file = records ? place(speech) : null;
        var sides = around.sides().apply(speech.call());
        @Nullable IncidentId incident = around.incident().apply(speech.call()).orElse(null);
        finish(Grant.of(speech), true); // a call made anew counts its grants anew
        synchronized (this) {
            running.put(Grant.of(speech), new Running(speech, listeners, sides, incident, file));
        }
        if (file != null) {
            recorder.record(speech.channel(), speech.epoch(), file);
        }
    }

    private @Nullable Path place(Speech speech) {
        try {
            return files.place(new BurstId(speech.id()), speech.since());
        } catch (IOException e) {
            LOG.error("the sound of {} is not kept", speech.id(), e);
            return null;
        }
    }

    @Override
    public void ended(Speech speech, Instant endedAt, BurstEnd end) {
        var grant = Grant.of(speech);
        @Nullable Running one;
        synchronized (this) {
            one = running.get(grant);
            if (one != null) {
                one.ending = new Ending(endedAt, end);
            }
        }
        if (one == null) {
            neverHeard(speech);
        } else if (!finish(grant, one.file == null)) {
            later.run(FILE_PATIENCE, () -> finish(grant, true));
        }
    }

    /// Its gate was never opened, since another node holds the floor.
    private static void neverHeard(Speech speech) {
        Speech.@Nullable SpokenOrder order = speech.order();
        if (order != null) {
            speech.talker().send(order.nothingSaid());
        }
    }

    /// The relay closed the file of a grant.
    public void recorded(RelayEvent.Recorded event) {
        var grant = new Grant(event.channel(), event.epoch());
        boolean known;
        synchronized (this) {
            @Nullable Running one = running.get(grant);
            known = one != null;
            if (one != null) {
                one.recorded = event;
            }
        }
        if (known) {
            finish(grant, false);
        } else {
            drop(event.file());
        }
    }

    /// @param anyway whether or not the file is closed
    /// @return false when there is still something to wait for
    private boolean finish(Grant grant, boolean anyway) {
        Said said;
        synchronized (this) {
            @Nullable Running one = running.get(grant);
            if (one == null) {
                return true;
            }
            @Nullable Ending ending = one.ending;
            if (ending == null || (one.recorded == null && !anyway)) {
                return false;
            }
            running.remove(grant);
            notifyAll();
            said = said(one, ending);
        }
        desk.accept(said);
        return true;
    }

    private Said said(Running one, Ending ending) {
        var speech = one.speech;
        var turn =
                new Turn(
                        speech.tier(),
                        speech.priority(),
                        speech.waited() ? Turn.Result.QUEUED : Turn.Result.GRANTED,
                        speech.requestedAt(),
                        speech.since(),
                        ending.at(),
                        ending.end());
        RelayEvent.@Nullable Recorded recorded = one.recorded;
        boolean sound = recorded != null && recorded.durationMillis() > 0;
        var burst =
                new Burst(
                        new BurstId(speech.id()),
                        speech.call(),
                        Set.copyOf(speech.calls()),
                        one.sides,
                        new Burst.Talker(
                                speech.talker().session(),
                                speech.talker().person().user().id(),
                                speech.talker().unit().orElse(null)),
                        turn,
                        millis(turn, recorded),
                        recorded != null && sound
                                ? new Burst.Audio(files.name(recorded.file()), recorded.complete())
                                : null,
                        one.listeners,
                        one.incident,
                        null);
        if (one.file != null && !sound && recorded != null) {
            drop(one.file);
        }
        return new Said(burst, speech);
    }

    /// Sound that was kept says best how long it is; a file that is whole and empty says that there
    /// was none.
    private static long millis(Turn turn, RelayEvent.@Nullable Recorded recorded) {
        if (recorded != null && (recorded.complete() || recorded.durationMillis() > 0)) {
            return recorded.durationMillis();
        }
        return Math.max(0, Duration.between(turn.startedAt(), turn.endedAt()).toMillis());
    }

    private void drop(Path file) {
        Thread.ofVirtual()
                .name("voice-drop")
                .start(() -> {
                    try {
                        files.drop(file);
                    } catch (IOException e) {
                        LOG.warn("{} stays behind", file, e);
                    }
                });
    }

    /// Waits a moment for files that are being closed, then hands on what there is.
    @Override
    public void close() {
        long until = System.nanoTime() + GOODBYE_NANOS;
        synchronized (this) {
            try {
                while (isAnyOver() && until - System.nanoTime() > 0) {
                    wait(10);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        for (var grant : grants()) {
            finish(grant, true);
        }
    }

    private boolean isAnyOver() {
        return running.values().stream().anyMatch(one -> one.ending != null);
    }

    private synchronized List<Grant> grants() {
        return List.copyOf(running.keySet());
    }
}
