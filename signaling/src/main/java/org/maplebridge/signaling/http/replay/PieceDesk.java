package org.maplebridge.signaling.http.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.evidence.Holders;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.recording.Pieces;
import org.maplebridge.signaling.recording.RecordingFiles;
import org.maplebridge.signaling.recording.StoredRecordings;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpStatus;

/// Has pieces of recordings made for who may see them, and gives tickets to play them by.
///
/// Thread: any.
public final class PieceDesk {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String STORE_AWAY = "store-away";

    /// @param state `making`, `ready` or `failed`
    /// @param href where it plays for some minutes
    public record Piece(
            String state,
            @Nullable String reason,
            @Nullable String href,
            @Nullable Instant began,
            long durationMs) {}

    private final RecordingFiles files;
    private final @Nullable StoredRecordings stored;
    private final Pieces pieces;
    private final Holders holders;
    private final EvidenceTickets tickets;
    private final InstantSource clock;

    /// @param stored null where there is no object store
    public PieceDesk(
            RecordingFiles files,
            @Nullable StoredRecordings stored,
            Pieces pieces,
            Holders holders,
            EvidenceTickets tickets,
            InstantSource clock) {
        this.files = files;
        this.stored = stored;
        this.pieces = pieces;
        this.holders = holders;
        this.tickets = tickets;
        this.clock = clock;
    }

    public static void requireShort(@Nullable Instant from, @Nullable Instant until) {
        if (from == null
                || until == null
                || !from.isBefore(until)
                || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw ApiProblem.malformed("from", "is not before until, by at most 10 minutes");
        }
    }

    /// Asked again until it is made: the same is made once.
    ///
    /// @param recordings that it is made of; that the person may see them was looked at before
    public Piece ask(Caller.Person person, Pieces.Asked asked, List<Recording> recordings) {
        var made =
                pieces.ask(asked, brought(recordings))
                        .orElseThrow(() ->
                                new ApiProblem(
                                        HttpStatus.TOO_MANY_REQUESTS,
                                        "too-many",
                                        "Too many pieces are asked for: come back in a while."));
        Finisher.@Nullable Piece piece = made.piece();
        @Nullable String failed = made.failed();
        if (failed != null && made.passing()) {
            throw unreachable(failed);
        }
        if (failed != null) {
            return new Piece("failed", failed, null, null, 0);
        }
        if (piece == null) {
            return new Piece("making", null, null, null, 0);
        }
        String ticket = tickets.ticket(subject(made.id()), person.user().id(), clock.instant());
        return new Piece(
                "ready",
                null,
                "/pieces/" + made.id() + "?ticket=" + ticket,
                Instant.ofEpochMilli(piece.beganMillis()),
                piece.durationMillis());
    }

    static String subject(String piece) {
        return "piece " + piece;
    }

    private static ApiProblem unreachable(String code) {
        var detail =
                code.equals(STORE_AWAY)
                        ? "The object store does not answer: come back in a while."
                        : "There is no room here to fetch it: come back in a while.";
        return new ApiProblem(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
    }

    /// From this node's disk, else out of the store that all nodes share. What another node alone
    /// has is missing in a piece that has anything else.
    private Supplier<CompletableFuture<List<Path>>> brought(List<Recording> recordings) {
        var here = new LinkedHashSet<Path>();
        var away = new ArrayList<Recording>();
        var elsewhere = new ArrayList<Recording>();
        for (Recording recording : recordings) {
            Optional<Path> file = files.find(recording);
            if (file.isPresent()) {
                here.add(file.get());
            } else if (recording.stored() != null && stored != null) {
                away.add(recording);
            } else {
                elsewhere.add(recording);
            }
        }
        if (here.isEmpty() && away.isEmpty()) {
            throw elsewhere(elsewhere);
        }
        return () -> fetched(List.copyOf(here), away);
    }

    private CompletableFuture<List<Path>> fetched(List<Path> here, List<Recording> away) {
        var coming = CompletableFuture.completedFuture(here);
        if (stored == null) {
            return coming;
        }
        for (Recording one : away) {
            coming = coming.thenCombine(stored.fetch(one), PieceDesk::and);
        }
        return coming;
    }

    private static List<Path> and(List<Path> some, Path one) {
        var all = new ArrayList<>(some);
        all.add(one);
        return List.copyOf(all);
    }

    /// Pages go on at the node that has it, or say which one is away.
    private ApiProblem elsewhere(List<Recording> recordings) {
        @Nullable String away = null;
        for (Recording recording : recordings) {
            @Nullable String holder = recording.holder();
            if (holder != null && holders.elsewhere(holder).isPresent()) {
                return new ApiProblem(
                        HttpStatus.CONFLICT,
                        "held-elsewhere",
                        "Another node keeps it.",
                        Map.of("url", holder));
            }
            away = holder == null ? away : holder;
        }
        boolean inStore = recordings.stream().anyMatch(one -> one.stored() != null);
        if (away == null && inStore) {
            return new ApiProblem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    STORE_AWAY,
                    "It is in an object store that this node was not told of.");
        }
        return new ApiProblem(
                HttpStatus.SERVICE_UNAVAILABLE,
                "holder-away",
                "The node that keeps it is away.",
                away == null ? Map.of() : Map.of("url", away));
    }
}
