package org.maplebridge.signaling.http.replay;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Medium;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.FileAnswer;
import org.maplebridge.signaling.http.evidence.EvidenceRights;
import org.maplebridge.signaling.recording.Pieces;
import org.maplebridge.signaling.recording.RecordingFiles;
import org.maplebridge.signaling.replay.PictureSight;
import org.maplebridge.signaling.replay.PictureSight.Seen;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What cameras sent for an incident: which spans there are, and pieces of them to be played, each
/// made when somebody asks. Nobody sees one without standing in the audit first.
@RestController
public class RecordingController {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String CACHING = "private, max-age=900";

    record Wanted(@Nullable String unit, @Nullable Instant from, @Nullable Instant until) {}

    /// @param until absent while it goes on
    /// @param chain the hash that vouches for the file; absent while it is written
    public record Span(
            String unit,
            String name,
            String medium,
            Instant from,
            @Nullable Instant until,
            boolean complete,
            @Nullable String chain) {}

    /// @param state `making`, `ready` or `failed`
    /// @param href where it plays for some minutes
    public record Piece(
            String state,
            @Nullable String reason,
            @Nullable String href,
            @Nullable Instant began,
            long durationMs) {}

    private final IncidentDesk desk;
    private final PictureSight sight;
    private final RecordingFiles files;
    private final Pieces pieces;
    private final EvidenceTickets tickets;
    private final EvidenceRights rights;
    private final Roster roster;
    private final Audit audit;
    private final InstantSource clock;

    public RecordingController(
            IncidentDesk desk,
            PictureSight sight,
            RecordingFiles files,
            Pieces pieces,
            EvidenceTickets tickets,
            EvidenceRights rights,
            Roster roster,
            Audit audit,
            InstantSource clock) {
        this.desk = desk;
        this.sight = sight;
        this.files = files;
        this.pieces = pieces;
        this.tickets = tickets;
        this.rights = rights;
        this.roster = roster;
        this.audit = audit;
        this.clock = clock;
    }

    /// Oldest first.
    @GetMapping("/api/incidents/{id}/recordings")
    List<Span> recordings(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var dossier = ReplayController.visible(desk, person, id);
        return sight.of(person, dossier).stream().map(seen -> span(person, seen)).toList();
    }

    private Span span(Caller.Person person, Seen seen) {
        var recording = seen.recording();
        Recording.@Nullable Ending ending = recording.ending();
        String name =
                roster.organisation()
                        .unit(recording.unit())
                        .map(unit -> unit.name().in(person.user().locale()))
                        .orElse(recording.unit().value());
        return new Span(
                recording.unit().value(),
                name,
                recording.medium() == Medium.PICTURE ? "picture" : "sound",
                seen.from(),
                seen.until(),
                ending == null || ending.complete(),
                ending == null ? null : ending.chain());
    }

    /// Asked again until it is made: the same is made once.
    @PostMapping("/api/incidents/{id}/pieces")
    Piece piece(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody Wanted wanted)
            throws RecordUnavailable {
        var dossier = ReplayController.visible(desk, person, id);
        var unit = Access.text(wanted.unit(), "unit", Ids.MAX_CHARS);
        @Nullable Instant from = wanted.from();
        @Nullable Instant until = wanted.until();
        if (from == null
                || until == null
                || !from.isBefore(until)
                || Duration.between(from, until).compareTo(LONGEST) > 0) {
            throw ApiProblem.malformed("from", "is not before until, by at most 10 minutes");
        }
        var asked = allowed(person, dossier, unit, from, until);
        audit.begin(
                AuditEntry.Kind.RECORDING_SHOWN,
                person.account(),
                unit,
                Map.of("incident", id, "from", asked.from().toString()));
        var made =
                pieces.ask(asked, here(person, dossier, asked))
                        .orElseThrow(() ->
                                new ApiProblem(
                                        HttpStatus.TOO_MANY_REQUESTS,
                                        "too-many",
                                        "Too many pieces are asked for: come back in a while."));
        return shown(person, made);
    }

    /// As much of it as this person may see.
    private Pieces.Asked allowed(
            Caller.Person person, Dossier dossier, String unit, Instant from, Instant until)
            throws RecordUnavailable {
        @Nullable Instant first = null;
        @Nullable Instant last = null;
        for (Seen seen : sight.of(person, dossier)) {
            @Nullable Instant end = seen.until();
            boolean within =
                    seen.recording().unit().value().equals(unit)
                            && seen.from().isBefore(until)
                            && (end == null || end.isAfter(from));
            if (within) {
                Instant begins = seen.from().isAfter(from) ? seen.from() : from;
                Instant ends = end != null && end.isBefore(until) ? end : until;
                first = first == null || begins.isBefore(first) ? begins : first;
                last = last == null || ends.isAfter(last) ? ends : last;
            }
        }
        if (first == null || last == null) {
            throw ApiProblem.notVisible("recording");
        }
        return new Pieces.Asked(dossier.incident().id(), new UnitId(unit), first, last);
    }

    private List<Path> here(Caller.Person person, Dossier dossier, Pieces.Asked asked)
            throws RecordUnavailable {
        var found = new ArrayList<Path>();
        @Nullable String holder = null;
        for (Seen seen : sight.of(person, dossier)) {
            var recording = seen.recording();
            if (recording.unit().equals(asked.unit())
                    && recording.isOf(asked.from(), asked.until())) {
                Optional<Path> file = files.find(recording);
                file.ifPresent(found::add);
                holder = file.isPresent() ? holder : recording.holder();
            }
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

    private Piece shown(Caller.Person person, Pieces.Made made) {
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

    private static String subject(String piece) {
        return "piece " + piece;
    }

    /// For a browser that plays by itself; what the person may see is looked at each time.
    @GetMapping("/pieces/{id}")
    void play(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String ticket,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        Pieces.Made made = pieces.find(id).orElseThrow(RecordingController::none);
        Caller.Person person =
                tickets.holder(subject(id), ticket, clock.instant())
                        .flatMap(rights::person)
                        .orElseThrow(RecordingController::none);
        Finisher.@Nullable Piece piece = made.piece();
        boolean visible = desk.find(person, made.asked().incident()).isPresent();
        if (piece == null || !visible) {
            throw none();
        }
        var name = String.valueOf(piece.file().getFileName());
        var type = name.endsWith(".mp4") ? "video/mp4" : "video/webm";
        try (var file = FileChannel.open(piece.file())) {
            new FileAnswer(request, response, file, new FileAnswer.Content(id, name, type, CACHING))
                    .write();
        } catch (NoSuchFileException gone) {
            throw none();
        }
    }

    private static ApiProblem none() {
        return ApiProblem.notVisible("recording");
    }
}
