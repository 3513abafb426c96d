package org.maplebridge.signaling.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pieces of recordings that a browser plays, made when somebody asks and forgotten after an hour:
/// what is kept for long is encrypted, these are not.
///
/// Thread: any, guarded by this; a piece is made elsewhere.
public final class Pieces {
    private static final Logger LOG = LoggerFactory.getLogger(Pieces.class);

    static final Duration KEPT = Duration.ofHours(1);

    /// Somebody who asks again after a store was away for a moment is not told the same for an
    /// hour.
    static final Duration AGAIN = Duration.ofSeconds(3);

    /// So many wait or lie there; who asks for more is told to come back.
    static final int MOST = 200;

    /// Through what it is seen: whoever sees that may play it.
    public sealed interface About {
        record Incident(IncidentId id) implements About {}

        record Sitting(MediationId id) implements About {}
    }

    /// What of whom: whoever sees the same is shown the same.
    ///
    /// @param who unit, or person at the table
    public record Asked(About about, String who, Instant from, Instant until) {}

    /// @param piece absent while it is made, and when it failed
    /// @param failed why there is none: a code of [Finisher.Failed], or of
    ///   [org.maplebridge.signaling.objects.ObjectStoreFault]
    /// @param passing whether it may go well in a while
    public record Made(
            String id,
            Asked asked,
            Finisher.@Nullable Piece piece,
            @Nullable String failed,
            boolean passing) {}

    private record Entry(Made made, Instant at) {}

    private final Finisher finisher;
    private final List<RecordingKey> keys;
    private final Path folder;
    private final InstantSource clock;
    private final Map<Asked, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Asked> ids = new HashMap<>();

    /// @param keys that open recordings of this node and of others
    /// @param folder emptied: what a node made before nobody knows any more
    public Pieces(Finisher finisher, List<RecordingKey> keys, Path folder, InstantSource clock)
            throws IOException {
        this.finisher = finisher;
        this.keys = List.copyOf(keys);
        this.folder = folder;
        this.clock = clock;
        Files.createDirectories(folder);
        try (var left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// @param recordings brings the files that hold it, when there is no such piece yet
    /// @return nothing when there are too many already
    public synchronized Optional<Made> ask(
            Asked asked, Supplier<CompletableFuture<List<Path>>> recordings) {
        Instant now = clock.instant();
        @Nullable Entry known = entries.get(asked);
        if (known != null && !isToBeTriedAgain(known, now)) {
            return Optional.of(known.made());
        }
        forget(asked);
        if (entries.size() >= MOST) {
            return Optional.empty();
        }
        var id = UUID.randomUUID().toString();
        var made = new Made(id, asked, null, null, false);
        entries.put(asked, new Entry(made, now));
        ids.put(id, asked);
        var unused =
                recordings
                        .get()
                        .thenCompose(files -> finisher.finish(wish(id, asked, files)))
                        .whenComplete((piece, failure) -> done(made, piece, failure));
        return Optional.of(made);
    }

    private static boolean isToBeTriedAgain(Entry known, Instant now) {
        return known.made().passing() && !now.isBefore(known.at().plus(AGAIN));
    }

    private void forget(Asked asked) {
        @Nullable Entry known = entries.remove(asked);
        if (known != null) {
            ids.remove(known.made().id());
        }
    }

    private Finisher.Wish wish(String id, Asked asked, List<Path> recordings) {
        return new Finisher.Wish(
                recordings,
                keys,
                folder,
                id,
                asked.from().toEpochMilli(),
                asked.until().toEpochMilli());
    }

    private synchronized void done(
            Made made, Finisher.@Nullable Piece piece, @Nullable Throwable failure) {
        @Nullable String why = null;
        boolean passing = false;
        if (failure != null) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            why =
                    switch (cause) {
                        case Finisher.Failed failed -> failed.code();
                        case ObjectStoreFault fault -> fault.code();
                        default -> "broke-off";
                    };
            passing = cause instanceof ObjectStoreFault fault && fault.isPassing();
            LOG.info("no piece of {}: {}", made.asked().who(), cause.toString());
        }
        var finished = new Made(made.id(), made.asked(), piece, why, passing);
        @Nullable Entry known = entries.get(made.asked());
        if (known != null && known.made().id().equals(made.id())) {
            entries.put(made.asked(), new Entry(finished, clock.instant()));
        }
    }

    public synchronized Optional<Made> find(String id) {
        return Optional.ofNullable(ids.get(id)).map(entries::get).map(Entry::made);
    }

    /// Forgets what is old.
    public synchronized void tidy() {
        Instant before = clock.instant().minus(KEPT);
        entries.values()
                .removeIf(entry -> {
                    boolean old = entry.at().isBefore(before);
                    if (old) {
                        ids.remove(entry.made().id());
                        drop(entry.made().piece());
                    }
                    return old;
                });
    }

    private static void drop(Finisher.@Nullable Piece piece) {
        if (piece == null) {
            return;
        }
        try {
            Files.deleteIfExists(piece.file());
            @Nullable Path sheet = piece.sheet();
            if (sheet != null) {
                Files.deleteIfExists(sheet);
            }
            @Nullable Path peaks = piece.peaks();
            if (peaks != null) {
                Files.deleteIfExists(peaks);
            }
        } catch (IOException e) {
            LOG.warn("{} stays behind", piece.file(), e);
        }
    }
}
