package org.maplebridge.signaling.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Medium;
import org.maplebridge.dispatch.recording.Recording.Whose;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Live;
import org.maplebridge.signaling.scene.Sources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says which units are recorded: the picture and the sound of one that is live on this node, as
/// long as it has to do with an open incident, or somebody looks. Looks round by round; what nobody
/// wants any more goes on for a minute.
///
/// Thread: everything on its own executor, one after the other; [#round] any.
public final class RecordingDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingDesk.class);

    static final Duration LINGER = Duration.ofMinutes(1);

    /// A disk that refuses is not asked at every round.
    static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    /// @param incidents whether units are recorded while they have to do with an incident
    /// @param watched whether those are that somebody looks at
    public record Policy(boolean incidents, boolean watched) {}

    /// What goes on, as the scene knows it.
    public interface Scene {
        List<Live> lives();

        boolean isWatched(UnitId unit);
    }

    private record Track(UnitId unit, Medium medium, Instant stream) {}

    private static final class Wanted {
        Recording recording;
        Instant wantedAt;
        boolean stopping;

        Wanted(Recording recording, Instant wantedAt) {
            this.recording = recording;
            this.wantedAt = wantedAt;
        }
    }

    private final RunningRecordings running;
    private final RecordingStore store;
    private final Scene scene;
    private final Policy policy;
    private final Consumer<IncidentId> told;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<Track, Wanted> wanted = new LinkedHashMap<>();
    private final Map<Track, Instant> failedAt = new HashMap<>();

    /// @param told incidents whose people should look again
    /// @param executor that of `running`
    public RecordingDesk(
            RunningRecordings running,
            RecordingStore store,
            Scene scene,
            Policy policy,
            Consumer<IncidentId> told,
            Executor executor,
            InstantSource clock) {
        this.running = running;
        this.store = store;
        this.scene = scene;
        this.policy = policy;
        this.told = told;
        this.executor = executor;
        this.clock = clock;
    }

    public void round() {
        try {
            executor.execute(this::look);
        } catch (RejectedExecutionException e) {
            LOG.debug("the node is leaving: nothing more is recorded");
        }
    }

    private void look() {
        Instant now = clock.instant();
        try {
            running.tellAgain();
            List<Live> lives = scene.lives();
            var concerns = store.concerns(lives.stream().map(Live::unit).toList());
            Set<Track> there = new HashSet<>();
            for (Live live : lives) {
                var incidents = concerns.getOrDefault(live.unit(), Set.of());
                boolean wants =
                        (policy.incidents() && !incidents.isEmpty())
                                || (policy.watched() && scene.isWatched(live.unit()));
                for (Medium medium : Medium.values()) {
                    if (medium == Medium.SOUND && live.muted()) {
                        continue;
                    }
                    var track = new Track(live.unit(), medium, live.since());
                    there.add(track);
                    follow(track, wants, incidents, now);
                }
            }
            for (var one : List.copyOf(wanted.entrySet())) {
                boolean over = !there.contains(one.getKey());
                boolean unwanted = one.getValue().wantedAt.plus(LINGER).isBefore(now);
                if (over || unwanted) {
                    stop(one.getValue());
                }
            }
            failedAt.values().removeIf(at -> at.plus(AFTER_FAILURE).isBefore(now));
        } catch (RecordUnavailable e) {
            LOG.warn("what is recorded stays as it is: {}", e.getMessage());
        }
    }

    private void follow(Track track, boolean wants, Set<IncidentId> incidents, Instant now)
            throws RecordUnavailable {
        @Nullable Wanted one = wanted.get(track);
        if (one == null) {
            if (wants && !failedAt.containsKey(track)) {
                begin(track, incidents, now);
            }
            return;
        }
        if (wants) {
            one.wantedAt = now;
        }
        var known = one.recording.incidents();
        if (!known.containsAll(incidents)) {
            var all = new HashSet<>(known);
            all.addAll(incidents);
            var more = incidents.stream().filter(i -> !known.contains(i)).toList();
            one.recording = running.link(one.recording, more, all);
        }
    }

    private void begin(Track track, Set<IncidentId> incidents, Instant now)
            throws RecordUnavailable {
        var wish =
                new RunningRecordings.Wish(
                        new Whose.Unit(track.unit()),
                        track.medium(),
                        source(track),
                        incidents,
                        false);
        Optional<Recording> begun = running.begin(wish, now, new Ears(track));
        if (begun.isPresent()) {
            wanted.put(track, new Wanted(begun.get(), now));
        } else {
            failedAt.put(track, now);
            incidents.forEach(told);
        }
    }

    private static SourceId source(Track track) {
        return switch (track.medium()) {
            case PICTURE -> Sources.camera(track.unit());
            case SOUND -> Sources.microphone(track.unit());
        };
    }

    private void stop(Wanted one) {
        if (!one.stopping) {
            one.stopping = true;
            running.stop(one.recording.id());
        }
    }

    private final class Ears implements RunningRecordings.Owner {
        private final Track track;

        Ears(Track track) {
            this.track = track;
        }

        @Override
        public void failed(Recording recording, String cause) {
            failedAt.put(track, clock.instant());
            recording.incidents().forEach(told);
        }

        @Override
        public void ended(Recording recording) {
            wanted.remove(track);
            Recording.@Nullable Ending how = recording.ending();
            if (how != null && !how.complete()) {
                recording.incidents().forEach(told);
            }
        }
    }
}
