package org.maplebridge.signaling.recording;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Medium;
import org.maplebridge.dispatch.recording.Recording.Whose;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is being recorded on this node, whoever wants it: each stands in the record before it
/// begins, and what became of it is written there when it ends.
///
/// Thread: any; what the relay tells is worked off on the executor, one after the other.
public final class RunningRecordings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRecordings.class);

    /// Ends that the record could not be told; beyond, a restart finds them by their files.
    private static final int MOST_UNTOLD = 1_000;

    /// A file's last block is on the disk within one second.
    private static final long PATIENCE_SECONDS = 3;

    /// Who wants it, and hears on the executor what becomes of it. Both stand in the journal by
    /// then.
    public interface Owner {
        /// Some of it is not written; it may go on.
        void failed(Recording recording, String cause);

        /// Nothing more is written.
        void ended(Recording recording);
    }

    /// @param fromNow whether nothing may be in it that came before
    public record Wish(
            Whose whose,
            Medium medium,
            SourceId source,
            Set<IncidentId> incidents,
            boolean fromNow) {}

    /// Where it is written.
    ///
    /// @param holder this node's address
    /// @param free bytes of room
    /// @param leastFree bytes below which nothing new is begun
    /// @param warnFree bytes below which people are warned
    public record Ground(
            RecordingFiles files,
            RecordingKey key,
            Supplier<Optional<String>> holder,
            LongSupplier free,
            long leastFree,
            long warnFree) {}

    private record Running(Recording recording, Owner owner) {}

    private record Untold(Recording recording, Happening happening) {}

    private final MediaRelay relay;
    private final RecordingStore store;
    private final JournalStore journal;
    private final Ground ground;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<String, Running> running = new ConcurrentHashMap<>();

    /// Guarded by itself.
    private final Queue<Untold> untold = new ArrayDeque<>();

    private final CompletableFuture<@Nullable Void> allEnded = new CompletableFuture<>();
    private volatile boolean warned;
    private volatile boolean closed;

    public RunningRecordings(
            MediaRelay relay,
            RecordingStore store,
            JournalStore journal,
            Ground ground,
            Executor executor,
            InstantSource clock) {
        this.relay = relay;
        this.store = store;
        this.journal = journal;
        this.ground = ground;
        this.executor = executor;
        this.clock = clock;
    }

    /// How many run.
    public int count() {
        return running.size();
    }

    /// @return nothing when there is no room for it, which the journal says by now, or when the
    ///   node leaves
    public Optional<Recording> begin(Wish wish, Instant now, Owner owner) throws RecordUnavailable {
        if (closed) {
            return Optional.empty();
        }
        var id = UUID.randomUUID().toString();
        var recording =
                new Recording(
                        id,
                        wish.whose(),
                        wish.medium(),
                        RecordingFiles.name(id, now),
                        ground.holder().get().orElse(null),
                        now,
                        wish.incidents());
        if (!hasRoom()) {
            fail(recording, "little-room", now);
            return Optional.empty();
        }
        var medium = Map.of("medium", wish.medium().name());
        store.begin(recording, happening(now, JournalKind.RECORDING_BEGAN, recording, medium));
        running.put(id, new Running(recording, owner));
        var place = ground.files().place(recording.file());
        relay.startRecording(
                new RecordingId(id),
                wish.source(),
                new RecordingPlan(place, ground.key(), wish.fromNow()));
        return Optional.of(recording);
    }

    private boolean hasRoom() {
        long free = ground.free().getAsLong();
        boolean little = free < ground.warnFree();
        if (little && !warned) {
            LOG.warn("only {} MiB are left for recordings", free >> 20);
        }
        warned = little;
        return free >= ground.leastFree();
    }

    /// When it returns, the relay was asked; its calls take effect in their order.
    public void stop(String recording) {
        relay.stopRecording(new RecordingId(recording));
    }

    /// It is of these incidents as well.
    ///
    /// @return as it is now
    Recording link(Recording recording, List<IncidentId> more, Set<IncidentId> all)
            throws RecordUnavailable {
        store.link(recording.id(), more);
        var linked = recording.of(all);
        running.computeIfPresent(
                recording.id(), (_, one) -> new Running(one.recording().of(all), one.owner()));
        return linked;
    }

    public void on(RelayEvent.OfRecording event) {
        try {
            executor.execute(() -> heard(event));
        } catch (RejectedExecutionException e) {
            // The node is leaving. The next start ends it by what its file proves.
            LOG.info("recording {} is ended by the next start", event.recording().value());
        }
    }

    /// The node leaves: nothing is begun any more, and what runs is ended. Waits a little until the
    /// record has it.
    @Override
    public void close() {
        closed = true;
        running.keySet().forEach(this::stop);
        if (!running.isEmpty()) {
            allEnded.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    private void heard(RelayEvent.OfRecording event) {
        var id = event.recording().value();
        @Nullable Running one = running.get(id);
        if (one == null) {
            return; // of somebody else
        }
        switch (event) {
            case RelayEvent.RecordingBegan _ -> {}
            case RelayEvent.RecordingFailed(_, _, String cause) -> {
                try {
                    fail(one.recording(), cause, clock.instant());
                } catch (RecordUnavailable e) {
                    LOG.error("recording {} failed: {}", id, cause);
                }
                one.owner().failed(one.recording(), cause);
            }
            case RelayEvent.RecordingEnded ended -> {
                running.remove(id);
                var over = one.recording().ended(ending(ended, one.recording()));
                ended(over);
                one.owner().ended(over);
                if (closed && running.isEmpty()) {
                    allEnded.complete(null);
                }
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

    private void ended(Recording over) {
        Recording.@Nullable Ending how = over.ending();
        if (how == null) {
            return;
        }
        var detail = new TreeMap<String, String>();
        detail.put("chain", how.chain());
        detail.put("bytes", Long.toString(how.bytes()));
        detail.put("missed", Long.toString(how.missed()));
        detail.put("complete", Boolean.toString(how.complete()));
        detail.put("medium", over.medium().name());
        var happening = happening(clock.instant(), JournalKind.RECORDING_ENDED, over, detail);
        synchronized (untold) {
            if (untold.size() < MOST_UNTOLD) {
                untold.add(new Untold(over, happening));
            }
        }
        try {
            tellAgain();
        } catch (RecordUnavailable e) {
            LOG.warn("the end of recording {} is written later", over.id());
        }
    }

    /// Writes what the record could not be told before.
    void tellAgain() throws RecordUnavailable {
        synchronized (untold) {
            for (@Nullable Untold next = untold.peek(); next != null; next = untold.peek()) {
                store.end(next.recording(), next.happening());
                untold.remove();
            }
        }
    }

    /// Stands in the journal of whom and what it is of.
    private void fail(Recording recording, String cause, Instant now) throws RecordUnavailable {
        LOG.error("{} is not recorded: {}", recording.whose(), cause);
        journal.append(
                new Happening(
                        now,
                        JournalKind.RECORDING_FAILED,
                        null,
                        null,
                        subjects(recording),
                        detail(recording, Map.of("reason", cause))));
    }

    private static Happening happening(
            Instant now, JournalKind kind, Recording recording, Map<String, String> more) {
        var detail = new TreeMap<>(detail(recording, more));
        detail.put("recording", recording.id());
        return new Happening(now, kind, null, null, subjects(recording), detail);
    }

    private static Map<String, String> detail(Recording recording, Map<String, String> more) {
        var detail = new TreeMap<>(more);
        switch (recording.whose()) {
            case Whose.Unit(var unit) -> detail.put("unit", unit.value());
            case Whose.Seat(_, String person, String room) -> {
                detail.put("person", person);
                detail.put("room", room);
            }
        }
        return detail;
    }

    /// A mediation is nobody's business who sees its incident.
    static List<Subject> subjects(Recording recording) {
        return switch (recording.whose()) {
            case Whose.Seat seat -> List.of(Subject.of(seat.mediation()));
            case Whose.Unit(var unit) -> {
                var subjects = new ArrayList<Subject>();
                subjects.add(Subject.of(unit));
                recording.incidents().stream()
                        .map(Subject::of)
                        .limit(Happening.MAX_SUBJECTS - 1)
                        .forEach(subjects::add);
                yield subjects;
            }
        };
    }
}
