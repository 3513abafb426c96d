package org.maplebridge.signaling.http.replay;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.recording.Mark;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.MarkStore;
import org.maplebridge.dispatch.store.recording.MarkStore.Keeping;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.replay.Cast;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What people mark for the review meeting while they go through an incident again. Whoever sees
/// the incident reads it; whoever commands, supervises or appraises writes it.
@RestController
public class MarkController {
    private static final int MOST = 500;

    record NewMark(
            @Nullable String clientId,
            @Nullable Instant at,
            @Nullable String kind,
            @Nullable String text) {}

    /// @param own whether the reader may take it back
    public record Shown(
            String id,
            Instant at,
            String kind,
            String text,
            String by,
            Instant writtenAt,
            boolean own) {}

    private final MarkStore marks;
    private final IncidentDesk desk;
    private final Roster roster;
    private final InstantSource clock;

    public MarkController(MarkStore marks, IncidentDesk desk, Roster roster, InstantSource clock) {
        this.marks = marks;
        this.desk = desk;
        this.roster = roster;
        this.clock = clock;
    }

    @GetMapping("/api/incidents/{id}/marks")
    List<Shown> marks(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var dossier = ReplayController.visible(desk, person, id);
        return marks.of(dossier.incident().id(), MOST).stream()
                .map(mark -> shown(person, mark))
                .toList();
    }

    /// May be sent again under the same `clientId`.
    @PostMapping("/api/incidents/{id}/marks")
    ResponseEntity<Shown> mark(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody NewMark wanted)
            throws RecordUnavailable {
        var dossier = examined(person, id);
        var mark = read(person, dossier, wanted);
        var happening =
                happening(
                        person,
                        mark,
                        JournalKind.REVIEW_MARKED,
                        Map.of(
                                "mark",
                                mark.id(),
                                "kind",
                                Words.of(mark.kind()),
                                "text",
                                mark.text()));
        var kept = marks.keep(mark, MOST, happening);
        return switch (kept) {
            case KEPT -> ResponseEntity.status(HttpStatus.CREATED).body(shown(person, mark));
            case REPEATED -> ResponseEntity.ok(shown(person, mark));
            case CONFLICT ->
                    throw refused(kept, "id-conflict", "This clientId stands for something else.");
            case TOO_MANY ->
                    throw refused(kept, "too-many", "An incident has at most " + MOST + " marks.");
        };
    }

    /// Whoever wrote it takes it back.
    @DeleteMapping("/api/incidents/{id}/marks/{mark}")
    ResponseEntity<Void> unmark(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @PathVariable String mark)
            throws RecordUnavailable {
        var dossier = examined(person, id);
        var incident = dossier.incident().id();
        var found =
                marks.of(incident, MOST).stream()
                        .filter(one -> one.id().equals(mark))
                        .findFirst()
                        .orElseThrow(() -> ApiProblem.notVisible("mark"));
        if (!found.by().equals(person.user().id())) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN, "not-yours", "Only who wrote a mark takes it back.");
        }
        marks.remove(
                incident,
                mark,
                person.user().id(),
                happening(person, found, JournalKind.REVIEW_UNMARKED, Map.of("mark", mark)));
        return ResponseEntity.noContent().build();
    }

    private Dossier examined(Caller.Person person, String id) throws RecordUnavailable {
        var dossier = ReplayController.visible(desk, person, id);
        if (!Cast.examines(person)) {
            throw ApiProblem.notAllowed(Permission.APPRAISE.code());
        }
        return dossier;
    }

    private Mark read(Caller.Person person, Dossier dossier, NewMark wanted) {
        var clientId = Access.text(wanted.clientId(), "clientId", Ids.MAX_CHARS);
        if (!Ids.isValid(clientId)) {
            throw ApiProblem.malformed("clientId", "is no id");
        }
        @Nullable Instant at = wanted.at();
        Instant now = clock.instant();
        if (at == null
                || at.isBefore(dossier.incident().openedAt().truncatedTo(ChronoUnit.MILLIS))
                || at.isAfter(now)) {
            throw ApiProblem.malformed("at", "is no moment of the incident");
        }
        var kind =
                Arrays.stream(Mark.Kind.values())
                        .filter(one -> Words.of(one).equals(wanted.kind()))
                        .findFirst()
                        .orElseThrow(() -> ApiProblem.malformed("kind", "is finding or action"));
        return new Mark(
                clientId,
                dossier.incident().id(),
                at.truncatedTo(ChronoUnit.MILLIS),
                kind,
                Access.text(wanted.text(), "text", Mark.MAX_TEXT_CHARS),
                person.user().id(),
                now,
                null);
    }

    private Happening happening(
            Caller.Person person, Mark mark, JournalKind kind, Map<String, String> detail) {
        return new Happening(
                clock.instant(),
                kind,
                person.user().id(),
                person.user().seat(),
                List.of(Subject.of(mark.incident())),
                detail);
    }

    private static ApiProblem refused(Keeping why, String code, String text) {
        var status = why == Keeping.CONFLICT ? HttpStatus.CONFLICT : HttpStatus.TOO_MANY_REQUESTS;
        return new ApiProblem(status, code, text);
    }

    private Shown shown(Caller.Person person, Mark mark) {
        return new Shown(
                mark.id(),
                mark.at(),
                Words.of(mark.kind()),
                mark.text(),
                roster.organisation()
                        .user(mark.by())
                        .map(User::name)
                        .map(name -> name.in(person.user().locale()))
                        .orElse(mark.by().value()),
                mark.writtenAt(),
                mark.by().equals(person.user().id()));
    }
}
