package org.maplebridge.signaling.recording;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Medium;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Live;
import org.maplebridge.signaling.scene.Sources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what is recorded: the picture and the sound of a unit that is live on this node, as long as
/// it has to do with an open incident, or somebody looks. Looks round by round; what nobody wants
/// any more goes on for a minute. Each recording stands in the record before it begins.
///
/// Thread: everything on its own executor, one after the other; [#on] and [#round] any.
public final class RecordingDesk {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingDesk.class);

    static final Duration LINGER = Duration.ofMinutes(1);

    /// A disk that refuses is not asked at every round.
    static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    /// Ends that the record could not be told; beyond, a restart finds them by their files.
    private static final int MOST_UNTOLD = 1_000;

    /// @param incidents whether units are recorded while they have to do with an incident
    /// @param watched whether those are that somebody looks at
    /// @param leastFree bytes below which nothing new is begun
    /// @param warnFree bytes below which people are warned
    public record Policy(boolean incidents, boolean watched, long leastFree, long warnFree) {}

    /// What goes on, as the scene knows it.
    public interface Scene {
        List<Live> lives();

        boolean isWatched(UnitId unit);
    }

    /// Whom it concerns.
    ///
    /// @param holder this node's address
    /// @param told incidents whose people should look again
    /// @param free bytes of room
    public record Surroundings(
            Supplier<Optional<String>> holder, Consumer<IncidentId> told, LongSupplier free) {}

    private record Track(UnitId unit, Medium medium, Instant stream) {}

    private static final class Running {
        Recording recording;
        Instant wantedAt;
        boolean stopping;

        Running(Recording recording, Instant wantedAt) {
            this.recording = recording;
            this.wantedAt = wantedAt;
        }
    }

    private record Untold(Recording recording, Happening happening) {}

    private final MediaRelay relay;
    private final RecordingStore store;
    private final JournalStore journal;
    private final Scene scene;
    private final RecordingKey key;
    private final Policy policy;
    private final RecordingFiles files;
    private final Surroundings around;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<Track, Running> running = new LinkedHashMap<>();
    private final Map<String, Track> tracks = new HashMap<>();
    private final Map<Track, Instant> failedAt = new HashMap<>();
    private final Queue<Untold> untold = new ArrayDeque<>();
    private boolean warned;
    private volatile int count;

    public RecordingDesk(
            MediaRelay relay,
            RecordingStore store,
            JournalStore journal,
            Scene scene,
            RecordingKey key,
            Policy policy,
            RecordingFiles files,
            Surroundings around,
            Executor executor,
            InstantSource clock) {
        this.relay = relay;
        this.store = store;
        this.journal = journal;
        this.scene = scene;
        this.key = key;
        this.policy = policy;
        this.files = files;
        this.around = around;
        this.executor = executor;
        this.clock = clock;
    }

    /// How many run.
    public int count() {
        return count;
    }

    public void on(RelayEvent.OfRecording event) {
        executor.execute(() -> heard(event));
    }

    public void round() {
        executor.execute(this::look);
    }

    private void look() {
        Instant now = clock.instant();
        try {
            tellAgain();
            List<Live> lives = scene.lives();
            var concerns = store.concerns(lives.stream().map(Live::unit).toList());
            Set<Track> there = new HashSet<>();
            for (Live live : lives) {
                var incidents = concerns.getOrDefault(live.unit(), Set.of());
                boolean wanted =
                        (policy.incidents() && !incidents.isEmpty())
                                || (policy.watched() && scene.isWatched(live.unit()));
                for (Medium medium : Medium.values()) {
                    if (medium == Medium.SOUND && live.muted()) {
                        continue;
                    }
                    var track = new Track(live.unit(), medium, live.since());
                    there.add(track);
                    follow(track, wanted, incidents, now);
                }
            }
            for (var one : List.copyOf(running.entrySet())) {
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
        count = running.size();
    }

    private void follow(Track track, boolean wanted, Set<IncidentId> incidents, Instant now)
            throws RecordUnavailable {
        @Nullable Running one = running.get(track);
        if (one == null) {
            if (wanted && !failedAt.containsKey(track) && hasRoom(track, incidents, now)) {
                begin(track, incidents, now);
            }
            return;
        }
        if (wanted) {
            one.wantedAt = now;
        }
        var known = one.recording.incidents();
        if (!known.containsAll(incidents)) {
            var all = new HashSet<>(known);
            all.addAll(incidents);
            store.link(
                    one.recording.id(),
                    incidents.stream().filter(i -> !known.contains(i)).toList());
            one.recording = with(one.recording, all);
        }
    }

    private static Recording with(Recording recording, Set<IncidentId> incidents) {
        return new Recording(
                recording.id(),
                recording.unit(),
                recording.medium(),
                recording.file(),
                recording.holder(),
                recording.startedAt(),
                incidents,
                recording.ending());
    }

    private boolean hasRoom(Track track, Set<IncidentId> incidents, Instant now)
            throws RecordUnavailable {
        long free = around.free().getAsLong();
        boolean little = free < policy.warnFree();
        if (little && !warned) {
            LOG.warn("only {} MiB are left for recordings", free >> 20);
        }
        warned = little;
        if (free >= policy.leastFree()) {
            return true;
        }
        failedAt.put(track, now);
        failed(track.unit(), incidents, "little-room", now);
        return false;
    }

    private void begin(Track track, Set<IncidentId> incidents, Instant now)
            throws RecordUnavailable {
        var id = UUID.randomUUID().toString();
        var recording =
                new Recording(
                        id,
                        track.unit(),
                        track.medium(),
                        RecordingFiles.name(id, now),
                        around.holder().get().orElse(null),
                        now,
                        incidents,
                        null);
        store.begin(
                recording,
                happening(
                        now,
                        JournalKind.RECORDING_BEGAN,
                        recording,
                        Map.of("medium", track.medium().name())));
        running.put(track, new Running(recording, now));
        tracks.put(id, track);
        relay.startRecording(
                new RecordingId(id),
                source(track),
                new RecordingPlan(files.place(recording.file()), key));
    }

    private static SourceId source(Track track) {
        return switch (track.medium()) {
            case PICTURE -> Sources.camera(track.unit());
            case SOUND -> Sources.microphone(track.unit());
        };
    }

    private void stop(Running one) {
        if (!one.stopping) {
            one.stopping = true;
            relay.stopRecording(new RecordingId(one.recording.id()));
        }
    }

    private void heard(RelayEvent.OfRecording event) {
        @Nullable Track track = tracks.get(event.recording().value());
        @Nullable Running one = track == null ? null : running.get(track);
        if (track == null || one == null) {
            return; // of somebody else
        }
        switch (event) {
            case RelayEvent.RecordingBegan _ -> {}
            case RelayEvent.RecordingFailed(_, _, String cause) -> {
                Instant now = clock.instant();
                failedAt.put(track, now);
                try {
                    failed(track.unit(), one.recording.incidents(), cause, now);
                } catch (RecordUnavailable e) {
                    LOG.error("recording {} failed: {}", one.recording.id(), cause);
                }
            }
            case RelayEvent.RecordingEnded ended -> {
                running.remove(track);
                tracks.remove(event.recording().value());
                count = running.size();
                ended(one.recording, ending(ended, one.recording));
            }
        }
    }

    /// One that never began has its start for both ends.
    private static Recording.Ending ending(RelayEvent.RecordingEnded ended, Recording recording) {
        boolean any = ended.beganMillis() > 0;
        return new Recording.Ending(
                any ? Instant.ofEpochMilli(ended.beganMillis()) : recording.startedAt(),
                any ? Instant.ofEpochMilli(ended.endedMillis()) : recording.startedAt(),
                ended.bytes(),
                ended.chain(),
                ended.missed(),
                ended.complete());
    }

    private void ended(Recording recording, Recording.Ending how) {
        var detail = new TreeMap<String, String>();
        detail.put("chain", how.chain());
        detail.put("bytes", Long.toString(how.bytes()));
        detail.put("missed", Long.toString(how.missed()));
        detail.put("complete", Boolean.toString(how.complete()));
        detail.put("medium", recording.medium().name());
        var happening = happening(clock.instant(), JournalKind.RECORDING_ENDED, recording, detail);
        if (untold.size() < MOST_UNTOLD) {
            untold.add(new Untold(recording.ended(how), happening));
        }
        try {
            tellAgain();
        } catch (RecordUnavailable e) {
            LOG.warn("the end of recording {} is written later", recording.id());
        }
        if (!how.complete()) {
            recording.incidents().forEach(around.told());
        }
    }

    private void tellAgain() throws RecordUnavailable {
        for (@Nullable Untold next = untold.peek(); next != null; next = untold.peek()) {
            store.end(next.recording(), next.happening());
            untold.remove();
        }
    }

    /// Stands in the journal of the unit and its incidents, and their people are told to look.
    private void failed(UnitId unit, Set<IncidentId> incidents, String cause, Instant now)
            throws RecordUnavailable {
        LOG.error("the picture of {} is not recorded: {}", unit, cause);
        journal.append(
                new Happening(
                        now,
                        JournalKind.RECORDING_FAILED,
                        null,
                        null,
                        subjects(unit, incidents),
                        Map.of("reason", cause)));
        incidents.forEach(around.told());
    }

    private static Happening happening(
            Instant now, JournalKind kind, Recording recording, Map<String, String> more) {
        var detail = new TreeMap<>(more);
        detail.put("recording", recording.id());
        detail.put("unit", recording.unit().value());
        return new Happening(
                now, kind, null, null, subjects(recording.unit(), recording.incidents()), detail);
    }

    private static List<Subject> subjects(UnitId unit, Set<IncidentId> incidents) {
        var subjects = new ArrayList<Subject>();
        subjects.add(Subject.of(unit));
        incidents.stream()
                .map(Subject::of)
                .limit(Happening.MAX_SUBJECTS - 1)
                .forEach(subjects::add);
        return subjects;
    }
}
