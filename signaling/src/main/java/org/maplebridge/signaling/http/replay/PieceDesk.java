package org.maplebridge.signaling.http.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.recording.Pieces;
import org.maplebridge.signaling.recording.RecordingFiles;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpStatus;

/// Has pieces of recordings made for who may see them, and gives tickets to play them by.
///
/// Thread: any.
public final class PieceDesk {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// @param state `making`, `ready` or `failed`
    /// @param href where it plays for some minutes
    public record Piece(
            String state,
            @Nullable String reason,
            @Nullable String href,
            @Nullable Instant began,
            long durationMs) {}

    private final RecordingFiles files;
    private final Pieces pieces;
    private final EvidenceTickets tickets;
    private final InstantSource clock;

    public PieceDesk(
            RecordingFiles files, Pieces pieces, EvidenceTickets tickets, InstantSource clock) {
        this.files = files;
        this.pieces = pieces;
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
                pieces.ask(asked, here(recordings))
                        .orElseThrow(() ->
                                new ApiProblem(
                                        HttpStatus.TOO_MANY_REQUESTS,
                                        "too-many",
                                        "Too many pieces are asked for: come back in a while."));
        Finisher.@Nullable Piece piece = made.piece();
        if (made.failed() != null) {
            return new Piece("failed", made.failed(), null, null, 0);
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

    private List<Path> here(List<Recording> recordings) {
        var found = new ArrayList<Path>();
        @Nullable String holder = null;
        for (Recording recording : recordings) {
            Optional<Path> file = files.find(recording);
            file.ifPresent(found::add);
            holder = file.isPresent() ? holder : recording.holder();
        }
        if (found.isEmpty()) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT,
                    "held-elsewhere",
                    "Another node keeps it.",
                    Map.of("url", holder == null ? "" : holder));
        }
        return found.stream().distinct().toList();
    }
}
