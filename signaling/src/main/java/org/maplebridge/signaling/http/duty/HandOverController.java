package org.maplebridge.signaling.http.duty;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.duty.HandOver;
import org.maplebridge.dispatch.duty.Shift;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.DutyStore;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What one shift writes down for the next, and that the next has read it.
@RestController
public class HandOverController {
    private static final int MOST = 100;

    /// @param from who hands over, by name
    /// @param to who took over; absent until somebody did
    public record NoteView(
            String id,
            String node,
            String from,
            String text,
            Instant at,
            @Nullable String to,
            @Nullable Instant takenAt) {}

    public record NewNote(
            @Nullable String clientId, @Nullable String from, @Nullable String text) {}

    public record Taking(@Nullable String to) {}

    private final DutyStore duty;
    private final Rooms rooms;
    private final Audit audit;
    private final InstantSource clock;

    public HandOverController(
            RecordStores record, Roster roster, Audit audit, InstantSource clock) {
        this.duty = record.duty();
        this.rooms = new Rooms(roster);
        this.audit = audit;
        this.clock = clock;
    }

    /// Newest first.
    @GetMapping("/api/duty/notes")
    List<NoteView> notes(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(required = false) @Nullable String node,
            @RequestParam(defaultValue = "20") int limit)
            throws RecordUnavailable {
        Rooms.requireRoom(person);
        var within = rooms.within(rooms.node(person, node));
        return duty.handOvers(within, Access.limit(limit, MOST)).stream()
                .map(HandOverController::shown)
                .toList();
    }

    @PostMapping("/api/duty/notes")
    ResponseEntity<NoteView> write(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewNote wanted)
            throws RecordUnavailable {
        DutyController.requireEditor(person);
        var now = clock.instant();
        var note =
                new HandOver(
                        DutyController.id(
                                Access.text(wanted.clientId(), "clientId", Ids.MAX_CHARS)),
                        person.user().node(),
                        Access.text(wanted.from(), "from", Shift.MAX_PERSON_CHARS).strip(),
                        Access.text(wanted.text(), "text", HandOver.MAX_TEXT_CHARS).strip(),
                        person.user().id(),
                        now,
                        null);
        var stands = duty.write(note);
        if (!stands.saysTheSameAs(note)) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT, "id-conflict", "This clientId stands for something else.");
        }
        return ResponseEntity.status(HttpStatus.CREATED).body(shown(stands));
    }

    @PostMapping("/api/duty/notes/{id}/take")
    NoteView take(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody Taking taking)
            throws RecordUnavailable {
        DutyController.requireEditor(person);
        var to = Access.text(taking.to(), "to", Shift.MAX_PERSON_CHARS).strip();
        var note = own(person, id);
        if (!note.mayBeTakenBy(to)) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT, "same-person", "Nobody takes over from themselves.");
        }
        var taken = new HandOver.Taken(to, person.user().id(), clock.instant());
        if (duty.take(id, taken)) {
            audit.end(
                    AuditEntry.Kind.DUTY_HANDED_OVER,
                    person.account(),
                    note.node().value(),
                    Map.of("note", id, "from", note.from(), "to", to));
        }
        var now = own(person, id);
        HandOver.@Nullable Taken by = now.taken();
        if (by != null && !by.to().equals(to)) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT,
                    "taken-already",
                    "Somebody else took over.",
                    Map.of("who", by.to(), "at", by.at().toString()));
        }
        return shown(now);
    }

    private HandOver own(Caller.Person person, String id) throws RecordUnavailable {
        Optional<HandOver> found = Ids.isValid(id) ? duty.handOver(id) : Optional.empty();
        return found.filter(note -> note.node().equals(person.user().node()))
                .orElseThrow(() -> ApiProblem.notVisible("note"));
    }

    private static NoteView shown(HandOver note) {
        HandOver.@Nullable Taken taken = note.taken();
        return new NoteView(
                note.id(),
                note.node().value(),
                note.from(),
                note.text(),
                note.at(),
                taken == null ? null : taken.to(),
                taken == null ? null : taken.at());
    }
}
