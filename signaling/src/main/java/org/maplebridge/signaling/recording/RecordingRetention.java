package org.maplebridge.signaling.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends in the record what a killed node left open, and forgets what is old and not held: the
/// object and the file first, since a row without them is harmless.
///
/// Thread: one round at a time.
public final class RecordingRetention {
    private static final Logger LOG = LoggerFactory.getLogger(RecordingRetention.class);
    private static final int AT_ONCE = 200;

    private final RecordingStore store;
    private final RecordingFiles files;
    private final Finisher finisher;
    private final @Nullable StoredRecordings stored;
    private final Supplier<Optional<String>> holder;
    private final Duration keeps;
    private final InstantSource clock;

    /// @param stored null where there is no object store
    /// @param holder this node's address: others forget what they keep themselves
    public RecordingRetention(
            RecordingStore store,
            RecordingFiles files,
            Finisher finisher,
            @Nullable StoredRecordings stored,
            Supplier<Optional<String>> holder,
            Duration keeps,
            InstantSource clock) {
        this.store = store;
        this.files = files;
        this.finisher = finisher;
        this.stored = stored;
        this.holder = holder;
        this.keeps = keeps;
        this.clock = clock;
    }

    /// Before anything is recorded: whatever is open now and lies here was cut off.
    public synchronized void recover() {
        try {
            for (Recording open : store.running(10_000)) {
                Optional<Path> file = files.find(open);
                if (file.isPresent()) {
                    var ended = open.ended(ending(open, file.get()));
                    store.end(ended, happening(ended));
                }
            }
        } catch (RecordUnavailable e) {
            LOG.warn("recordings that were cut off are ended later: {}", e.getMessage());
        } catch (IOException e) {
            LOG.error("a recording that was cut off cannot be read", e);
        }
    }

    /// It ended when its file was last written.
    private Recording.Ending ending(Recording open, Path file) throws IOException {
        Finisher.Proof proof = finisher.prove(file);
        Instant last = Files.getLastModifiedTime(file).toInstant();
        boolean whole = proof.sound() && proof.closed();
        return new Recording.Ending(open.startedAt(), last, proof.bytes(), proof.chain(), 0, whole);
    }

    private Happening happening(Recording ended) {
        Recording.@Nullable Ending how = ended.ending();
        return new Happening(
                clock.instant(),
                JournalKind.RECORDING_ENDED,
                null,
                null,
                RunningRecordings.subjects(ended),
                Map.of(
                        "recording",
                        ended.id(),
                        "reason",
                        "cut-off",
                        "chain",
                        how == null ? "" : how.chain()));
    }

    /// @return false when it lies in a store that this node does not know
    private boolean forget(Recording one) throws RecordUnavailable, IOException, ObjectStoreFault {
        if (one.stored() != null) {
            if (stored == null) {
                return false;
            }
            stored.forget(one);
        }
        Optional<Path> file = files.find(one);
        if (file.isPresent()) {
            Files.delete(file.get());
        }
        store.drop(one.id());
        return true;
    }

    public synchronized void round() {
        try {
            Instant before = clock.instant().minus(keeps);
            int dropped = AT_ONCE;
            for (int turn = 0; dropped == AT_ONCE && turn < 1_000; turn++) {
                var old = store.old(before, holder.get().orElse(""), AT_ONCE);
                dropped = 0;
                for (Recording one : old) {
                    dropped += forget(one) ? 1 : 0;
                }
            }
        } catch (ObjectStoreFault fault) {
            LOG.warn("old recordings are forgotten later: {}", fault.getMessage());
        } catch (IOException e) {
            LOG.error("an old recording cannot be deleted", e);
        } catch (RecordUnavailable e) {
            LOG.warn("old recordings are forgotten later: {}", e.getMessage());
        }
    }
}
