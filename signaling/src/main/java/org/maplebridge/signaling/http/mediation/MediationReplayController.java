package org.maplebridge.signaling.http.mediation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.replay.PieceDesk;
import org.maplebridge.signaling.recording.Pieces;
import org.maplebridge.signaling.replay.Sitting;
import org.maplebridge.signaling.replay.Sitting.Stretch;
import org.maplebridge.signaling.replay.SittingLines;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// A mediation that is over gone through again: what happened, and what was recorded of whom. Who
/// opens it stands in the audit before anything is told.
@RestController
public class MediationReplayController {
    private static final int MOST_ENTRIES = 5_000;
    private static final int MOST_RECORDINGS = 1_000;

    record Wanted(@Nullable String person, @Nullable Instant from, @Nullable Instant until) {}

    record Named(String id, String name, String role) {}

    /// @param room `joint`, or the party whose private talk it was
    /// @param medium `picture` (with its sound) or `sound`
    /// @param chains the hashes that vouch for its files
    record Span(
            String person,
            String room,
            String medium,
            Instant from,
            @Nullable Instant until,
            boolean complete,
            List<String> chains) {}

    /// @param now when it ended: nothing of it goes on
    /// @param from when the first one came
    /// @param until when it ended
    record Replay(
            String id,
            String title,
            String outcome,
            Instant now,
            Instant from,
            Instant until,
            List<Named> people,
            List<SittingLines.Line> lines,
            List<Span> recordings) {}

    private final RecordStores record;
    private final MediationSight sight;
    private final PieceDesk pieces;
    private final Audit audit;

    public MediationReplayController(
            RecordStores record, MediationSight sight, PieceDesk pieces, Audit audit) {
        this.record = record;
        this.sight = sight;
        this.pieces = pieces;
        this.audit = audit;
    }

    @GetMapping("/api/mediations/{id}/replay")
    Replay replay(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var mediation = over(person, id);
        audit.begin(AuditEntry.Kind.MEDIATION_REPLAYED, person.account(), id, Map.of());
        var end = Objects.requireNonNull(mediation.end());
        var entries = record.journal().latest(Subject.of(mediation.id()), MOST_ENTRIES);
        var lines =
                SittingLines.of(mediation, entries.stream().map(one -> one.happening()).toList());
        var stretches = stretches(mediation);
        Instant from =
                lines.isEmpty() || lines.getFirst().at().isAfter(end.at())
                        ? mediation.createdAt()
                        : lines.getFirst().at();
        return new Replay(
                id,
                mediation.title(),
                MediationViews.word(end.outcome()),
                end.at(),
                from,
                end.at(),
                mediation.people().stream().map(MediationReplayController::named).toList(),
                lines,
                stretches.stream().map(MediationReplayController::span).toList());
    }

    /// Asked again until it is made.
    @PostMapping("/api/mediations/{id}/pieces")
    PieceDesk.Piece piece(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody Wanted wanted)
            throws RecordUnavailable {
        var mediation = over(person, id);
        var who = Access.text(wanted.person(), "person", 8);
        PieceDesk.requireShort(wanted.from(), wanted.until());
        Instant from = Objects.requireNonNull(wanted.from());
        Instant until = Objects.requireNonNull(wanted.until());
        Optional<Stretch> within =
                stretches(mediation).stream()
                        .filter(stretch -> stretch.person().equals(who))
                        .filter(stretch -> stretch.isOf(from, until))
                        .findFirst();
        var stretch = within.orElseThrow(() -> ApiProblem.notVisible("recording"));
        var asked = asked(mediation, stretch, from, until);
        audit.begin(
                AuditEntry.Kind.RECORDING_SHOWN,
                person.account(),
                who,
                Map.of("mediation", id, "from", asked.from().toString()));
        List<Recording> recordings =
                stretch.recordings().stream()
                        .filter(one -> one.isOf(asked.from(), asked.until()))
                        .toList();
        return pieces.ask(person, asked, recordings);
    }

    /// A piece is of one stretch: no piece has anything of two rooms.
    private static Pieces.Asked asked(
            Mediation mediation, Stretch stretch, Instant from, Instant until) {
        @Nullable Instant end = stretch.until();
        return new Pieces.Asked(
                new Pieces.About.Sitting(mediation.id()),
                stretch.person(),
                from.isBefore(stretch.from()) ? stretch.from() : from,
                end != null && end.isBefore(until) ? end : until);
    }

    /// While people talk nobody goes through what they have said so far.
    private Mediation over(Caller.Person person, String id) throws RecordUnavailable {
        var mediation =
                sight.find(person, id).orElseThrow(() -> ApiProblem.notVisible("mediation"));
        if (!mediation.isOver()) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT, "mediation-open", "It is gone through when it is over.");
        }
        return mediation;
    }

    private List<Stretch> stretches(Mediation mediation) throws RecordUnavailable {
        return Sitting.of(record.recordings().of(mediation.id(), MOST_RECORDINGS));
    }

    private static Named named(Person person) {
        PersonId id = person.id();
        return new Named(id.value(), person.name(), MediationViews.word(person.role()));
    }

    private static Span span(Stretch stretch) {
        return new Span(
                stretch.person(),
                stretch.room(),
                stretch.picture() ? "picture" : "sound",
                stretch.from(),
                stretch.until(),
                stretch.complete(),
                stretch.chains());
    }
}
