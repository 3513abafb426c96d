package org.maplebridge.signaling.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Stored;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.signaling.objects.Backoff;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.maplebridge.signaling.objects.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings recordings that have ended into the object store, one after the other, oldest first, and
/// takes the file here away some time after the store was proved to have it. What a killed node
/// left waits like everything else: the record knows what is not in the store.
///
/// Thread: [#round] any; who comes while another round goes on leaves at once. The fields below
/// belong to the round.
public final class RecordingUploads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingUploads.class);
    private static final int AT_ONCE = 200;

    private final RecordingStore record;
    private final RecordingFiles files;
    private final ObjectStore objects;
    private final Supplier<Optional<String>> holder;
    private final Duration keepsHere;
    private final InstantSource clock;
    private final AtomicBoolean going = new AtomicBoolean();
    private final LongAdder done = new LongAdder();

    /// Ids of those whose file is not here or cannot be read, so that they hold up nobody.
    private final Set<String> lost = new HashSet<>();

    private int failures;
    private Instant notBefore = Instant.MIN;
    private volatile int waiting;
    private volatile @Nullable Instant oldest;
    private volatile boolean closed;

    /// @param holder this node's address: others bring what they keep themselves
    /// @param keepsHere how long a file stays here besides
    public RecordingUploads(
            RecordingStore record,
            RecordingFiles files,
            ObjectStore objects,
            Supplier<Optional<String>> holder,
            Duration keepsHere,
            InstantSource clock) {
        this.record = record;
        this.files = files;
        this.objects = objects;
        this.holder = holder;
        this.keepsHere = keepsHere;
        this.clock = clock;
    }

    /// How many wait to be brought, as the last round saw it; no more than some hundreds are
    /// counted.
    public int waiting() {
        return waiting;
    }

    /// For how long the first of them has waited, in seconds.
    public long waitingSeconds() {
        @Nullable Instant since = oldest;
        return since == null
                ? 0
                : Math.max(0, Duration.between(since, clock.instant()).toSeconds());
    }

    /// Brought since the start.
    public long done() {
        return done.sum();
    }

    public void round() {
        if (closed || !going.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!clock.instant().isBefore(notBefore) && bring()) {
                leave();
            }
        } catch (RecordUnavailable e) {
            LOG.warn("recordings are brought to the object store later: {}", e.getMessage());
        } finally {
            going.set(false);
        }
    }

    /// @return whether nothing waits any more
    private boolean bring() throws RecordUnavailable {
        for (var next = next(); !next.isEmpty(); next = next()) {
            for (Recording one : next) {
                if (closed || !bring(one)) {
                    return false;
                }
                waiting--;
            }
        }
        return true;
    }

    private List<Recording> next() throws RecordUnavailable {
        var own = holder.get().orElse("");
        var found =
                record.unstored(own, AT_ONCE + lost.size()).stream()
                        .filter(one -> !lost.contains(one.id()))
                        .toList();
        waiting = found.size();
        oldest = found.isEmpty() ? null : endOf(found.getFirst());
        return found;
    }

    private static Instant endOf(Recording recording) {
        Recording.@Nullable Ending ending = recording.ending();
        return ending == null ? recording.startedAt() : ending.ended();
    }

    /// @return false when the store has to be waited for
    private boolean bring(Recording one) throws RecordUnavailable {
        Optional<Path> file = files.find(one);
        if (file.isEmpty()) {
            lost.add(one.id());
            LOG.warn("recording {} has no file here: the object store will not have it", one.id());
            return true;
        }
        try {
            var sha256 = Sha256.of(file.get());
            objects.put(one.file(), file.get(), sha256);
            failures = 0;
            if (record.stored(one.id(), new Stored(clock.instant(), sha256))) {
                done.increment();
            } else { // forgotten meanwhile
                objects.delete(one.file());
            }
            return true;
        } catch (ObjectStoreFault fault) {
            later(one, fault);
            return false;
        } catch (IOException e) {
            lost.add(one.id());
            LOG.error("recording {} cannot be brought to the object store", one.id(), e);
            return true;
        }
    }

    private void later(Recording one, ObjectStoreFault fault) {
        failures++;
        var wait = Backoff.after(failures);
        notBefore = clock.instant().plus(wait);
        LOG.debug("recording {} is tried again in {}: {}", one.id(), wait, fault.getMessage());
    }

    /// What the store has had for a while is not kept here besides. That it has it is proved once
    /// more before: this may be the last other copy.
    private void leave() throws RecordUnavailable {
        @Nullable String own = holder.get().orElse(null);
        if (own == null) {
            return;
        }
        for (Recording one : record.doubled(clock.instant().minus(keepsHere), own, AT_ONCE)) {
            if (closed || !leave(one)) {
                return;
            }
        }
    }

    private boolean leave(Recording one) throws RecordUnavailable {
        @Nullable Stored stored = one.stored();
        Optional<Path> file = files.find(one);
        try {
            if (stored != null && file.isPresent()) {
                objects.put(one.file(), file.get(), stored.sha256());
                Files.delete(file.get());
            }
            record.leave(one.id());
            return true;
        } catch (ObjectStoreFault fault) {
            later(one, fault);
            return false;
        } catch (IOException e) {
            LOG.error("recording {} stays here besides", one.id(), e);
            return false;
        }
    }

    /// Nothing more is begun; what is on its way is brought by the next start.
    @Override
    public void close() {
        closed = true;
    }
}
