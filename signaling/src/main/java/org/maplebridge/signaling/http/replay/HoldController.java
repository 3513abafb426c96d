package org.maplebridge.signaling.http.replay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.recording.Hold;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Holds: nothing that was recorded of an incident is forgotten while one stands. Whoever
/// supervises puts it on and takes it off.
@RestController
public class HoldController {
    record Wanted(@Nullable String reason) {}

    public record Held(boolean held, @Nullable String reason, @Nullable Instant at) {}

    private final RecordingStore store;
    private final IncidentDesk desk;
    private final InstantSource clock;

    public HoldController(RecordingStore store, IncidentDesk desk, InstantSource clock) {
        this.store = store;
        this.desk = desk;
        this.clock = clock;
    }

    @GetMapping("/api/incidents/{id}/hold")
    Held held(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var dossier = ReplayController.visible(desk, person, id);
        return store.hold(dossier.incident().id())
                .map(hold -> new Held(true, hold.reason(), hold.at()))
                .orElseGet(() -> new Held(false, null, null));
    }

    @PostMapping("/api/incidents/{id}/hold")
    Held hold(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody Wanted wanted)
            throws RecordUnavailable {
        var dossier = supervised(person, id);
        var reason = Access.text(wanted.reason(), "reason", Hold.MAX_REASON_CHARS);
        var hold = new Hold(dossier.incident().id(), reason, person.user().id(), clock.instant());
        var happening = happening(person, dossier, JournalKind.HOLD_PUT, Map.of("reason", reason));
        if (!store.hold(hold, happening)) {
            throw new ApiProblem(HttpStatus.CONFLICT, "held-already", "It is held already.");
        }
        return new Held(true, reason, hold.at());
    }

    @DeleteMapping("/api/incidents/{id}/hold")
    ResponseEntity<Void> release(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var dossier = supervised(person, id);
        if (!store.release(
                dossier.incident().id(),
                happening(person, dossier, JournalKind.HOLD_RELEASED, Map.of()))) {
            throw ApiProblem.notVisible("hold");
        }
        return ResponseEntity.noContent().build();
    }

    private Dossier supervised(Caller.Person person, String id) throws RecordUnavailable {
        var dossier = ReplayController.visible(desk, person, id);
        Access.require(person, Permission.SUPERVISE);
        return dossier;
    }

    private Happening happening(
            Caller.Person person, Dossier dossier, JournalKind kind, Map<String, String> detail) {
        return new Happening(
                clock.instant(),
                kind,
                person.user().id(),
                person.user().seat(),
                List.of(Subject.of(dossier.incident().id())),
                detail);
    }
}
