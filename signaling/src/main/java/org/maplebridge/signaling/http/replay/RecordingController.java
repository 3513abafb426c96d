package org.maplebridge.signaling.http.replay;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Medium;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.recording.Pieces;
import org.maplebridge.signaling.replay.PictureSight;
import org.maplebridge.signaling.replay.PictureSight.Seen;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What cameras sent for an incident: which spans there are, and pieces of them to be played, each
/// made when somebody asks. Nobody sees one without standing in the audit first.
@RestController
public class RecordingController {
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

    private final IncidentDesk desk;
    private final PictureSight sight;
    private final PieceDesk pieces;
    private final Roster roster;
    private final Audit audit;

    public RecordingController(
            IncidentDesk desk, PictureSight sight, PieceDesk pieces, Roster roster, Audit audit) {
        this.desk = desk;
        this.sight = sight;
        this.pieces = pieces;
        this.roster = roster;
        this.audit = audit;
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
                        .unit(seen.unit())
                        .map(unit -> unit.name().in(person.user().locale()))
                        .orElse(seen.unit().value());
        return new Span(
                seen.unit().value(),
                name,
                recording.medium() == Medium.PICTURE ? "picture" : "sound",
                seen.from(),
                seen.until(),
                ending == null || ending.complete(),
                ending == null ? null : ending.chain());
    }

    /// Asked again until it is made: the same is made once.
    @PostMapping("/api/incidents/{id}/pieces")
    PieceDesk.Piece piece(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody Wanted wanted)
            throws RecordUnavailable {
        var dossier = ReplayController.visible(desk, person, id);
        var unit = Access.text(wanted.unit(), "unit", Ids.MAX_CHARS);
        PieceDesk.requireShort(wanted.from(), wanted.until());
        var asked =
                allowed(
                        person,
                        dossier,
                        unit,
                        Objects.requireNonNull(wanted.from()),
                        Objects.requireNonNull(wanted.until()));
        audit.begin(
                AuditEntry.Kind.RECORDING_SHOWN,
                person.account(),
                unit,
                Map.of("incident", id, "from", asked.from().toString()));
        var recordings =
                sight.of(person, dossier).stream()
                        .filter(seen -> seen.unit().value().equals(unit))
                        .map(Seen::recording)
                        .filter(recording -> recording.isOf(asked.from(), asked.until()))
                        .toList();
        return pieces.ask(person, asked, recordings);
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
                    seen.unit().value().equals(unit)
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
        return new Pieces.Asked(
                new Pieces.About.Incident(dossier.incident().id()), unit, first, last);
    }
}
