package org.maplebridge.signaling.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Stored;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.maplebridge.signaling.objects.ObjectStoreFault.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recordings of all nodes as they came out of the object store, for as long as somebody looks at
/// them: a bounded folder, what was used longest ago goes first.
///
/// Thread: any, guarded by this; a copy is fetched elsewhere.
public final class StoredCopies {
    private static final Logger LOG = LoggerFactory.getLogger(StoredCopies.class);

    /// A piece may be made of it right now.
    static final Duration IN_USE = Duration.ofMinutes(15);

    /// What was forgotten in the record is gone here after as long at the latest.
    static final Duration UNUSED = Duration.ofHours(24);

    private static final int AT_ONCE = 2;

    private static final class Copy {
        private final String id;
        private final Path file;
        private final long bytes;
        private final CompletableFuture<Path> coming = new CompletableFuture<>();
        private Instant usedAt;

        Copy(String id, Path file, long bytes, Instant usedAt) {
            this.id = id;
            this.file = file;
            this.bytes = bytes;
            this.usedAt = usedAt;
        }

        Instant usedAt() {
            return usedAt;
        }
    }

    private final ObjectStore objects;
    private final Finisher finisher;
    private final RecordingFiles files;
    private final Path folder;
    private final long mostBytes;
    private final long leastFree;
    private final InstantSource clock;
    private final Map<String, Copy> copies = new HashMap<>();
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /// @param folder emptied
    /// @param mostBytes of all copies; those in use are not counted against it
    /// @param leastFree bytes of the disk that stay free
    public StoredCopies(
            ObjectStore objects,
            Finisher finisher,
            RecordingFiles files,
            Path folder,
            long mostBytes,
            long leastFree,
            InstantSource clock)
            throws IOException {
        this.objects = objects;
        this.finisher = finisher;
        this.files = files;
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.leastFree = leastFree;
        this.clock = clock;
        Files.createDirectories(folder);
        try (var left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Its file here, once it has come; who asks for the same waits for the same. Completes
    /// exceptionally with [ObjectStoreFault] or [IOException].
    ///
    /// @param recording one that the store has
    public synchronized CompletableFuture<Path> fetch(Recording recording) {
        @Nullable Copy known = copies.get(recording.id());
        if (known != null) {
            known.usedAt = clock.instant();
            return known.coming;
        }
        Recording.@Nullable Ending ending = recording.ending();
        var copy =
                new Copy(
                        recording.id(),
                        folder.resolve(recording.id() + ".rec"),
                        ending == null ? 0 : ending.bytes(),
                        clock.instant());
        copies.put(copy.id, copy);
        Thread.ofVirtual().name("recording-copy").start(() -> fetch(recording, copy));
        return copy.coming;
    }

    private void fetch(Recording recording, Copy copy) {
        try {
            turns.acquire();
            try {
                makeRoom(copy);
                bring(recording, copy);
                copy.coming.complete(copy.file);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(copy, e);
        } catch (ObjectStoreFault | IOException | RuntimeException e) {
            failed(copy, e);
        }
    }

    private void failed(Copy copy, Exception why) {
        synchronized (this) {
            copies.remove(copy.id, copy);
        }
        copy.coming.completeExceptionally(why);
    }

    private void bring(Recording recording, Copy copy) throws ObjectStoreFault, IOException {
        @Nullable Stored stored = recording.stored();
        if (stored == null) {
            throw new ObjectStoreFault(Kind.MISSING, "the store never had it", null);
        }
        var part = folder.resolve(copy.id + ".part");
        try {
            objects.fetch(recording.file(), part, stored.sha256());
            Files.move(part, copy.file, StandardCopyOption.ATOMIC_MOVE);
        } catch (ObjectStoreFault fault) {
            if (fault.kind() == Kind.CHANGED) {
                LOG.error("recording {} was changed in the store: {}", copy.id, damage(part));
            } else if (fault.kind() == Kind.MISSING) {
                LOG.error("recording {} is gone from the store", copy.id);
            }
            throw fault;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private String damage(Path part) throws IOException {
        Finisher.Proof proof = finisher.prove(part);
        @Nullable String damage = proof.damage();
        return damage != null ? damage : "its blocks are sound as far as byte " + proof.bytes();
    }

    private void makeRoom(Copy wanted) throws ObjectStoreFault, IOException {
        synchronized (this) {
            Instant inUse = clock.instant().minus(IN_USE);
            while (bytes() > mostBytes) {
                Optional<Copy> next = longestUnused(inUse);
                if (next.isEmpty()) {
                    break;
                }
                drop(next.get());
            }
        }
        if (files.free() - wanted.bytes < leastFree) {
            throw new ObjectStoreFault(Kind.NO_ROOM, "no room here for a copy", null);
        }
    }

    private long bytes() {
        return copies.values().stream().mapToLong(copy -> copy.bytes).sum();
    }

    private Optional<Copy> longestUnused(Instant before) {
        return copies.values().stream()
                .filter(copy -> copy.coming.isDone() && copy.usedAt().isBefore(before))
                .min(Comparator.comparing(Copy::usedAt));
    }

    /// Forgets what nobody has looked at for a day.
    public synchronized void tidy() {
        Instant before = clock.instant().minus(UNUSED);
        for (var old = longestUnused(before); old.isPresent(); old = longestUnused(before)) {
            drop(old.get());
        }
    }

    /// The record has forgotten it.
    synchronized void drop(String recording) {
        @Nullable Copy copy = copies.get(recording);
        if (copy != null && copy.coming.isDone()) {
            drop(copy);
        }
    }

    private void drop(Copy copy) {
        copies.remove(copy.id, copy);
        try {
            Files.deleteIfExists(copy.file);
        } catch (IOException e) {
            LOG.warn("{} stays behind", copy.file, e);
        }
    }
}
