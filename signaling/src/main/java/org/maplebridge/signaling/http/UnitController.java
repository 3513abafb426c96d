package org.maplebridge.signaling.http;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.api.SourceStats;
import org.maplebridge.signaling.protocol.ServerMessage.UnitNews;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.Sources;
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
import org.springframework.web.bind.annotation.RestController;

/// Units: cars, handhelds, rooms, encoders and cameras.
@RestController
public class UnitController {
    public record NewUnit(
            @Nullable String id,
            @Nullable String name,
            @Nullable String kind,
            @Nullable String node) {}

    /// Absent: nothing arrives.
    public record Stats(
            String unit, @Nullable SourceStats camera, @Nullable SourceStats microphone) {}

    private final Roster roster;
    private final Presence presence;
    private final RecordStores record;
    private final MediaRelay relay;
    private final DispatchBus bus;
    private final Audit audit;
    private final InstantSource clock;

    public UnitController(
            Roster roster,
            Presence presence,
            RecordStores record,
            MediaRelay relay,
            DispatchBus bus,
            Audit audit,
            InstantSource clock) {
        this.roster = roster;
        this.presence = presence;
        this.record = record;
        this.relay = relay;
        this.bus = bus;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/api/units")
    List<UnitNews.Unit> units(@AuthenticationPrincipal Caller.Person person) {
        var user = person.user();
        return roster.organisation().units().stream()
                .filter(unit -> roster.visibility().seesUnit(user, unit, Aspect.UNITS))
                .map(unit -> presence.shown(unit, user.locale()))
                .toList();
    }

    @GetMapping("/api/units/{id}")
    UnitNews.Unit unit(@AuthenticationPrincipal Caller.Person person, @PathVariable String id) {
        var unit = Access.visibleUnit(roster, person, id, Aspect.UNITS);
        return presence.shown(unit, person.user().locale());
    }

    @GetMapping("/api/units/{id}/stats")
    Stats stats(@AuthenticationPrincipal Caller.Person person, @PathVariable String id) {
        Access.require(person, Permission.WATCH);
        var unit = Access.visibleUnit(roster, person, id, Aspect.LIVE).id();
        return new Stats(unit.value(), now(Sources.camera(unit)), now(Sources.microphone(unit)));
    }

    @PostMapping("/api/units")
    ResponseEntity<UnitNews.Unit> add(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewUnit wanted)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        var unit = unit(wanted);
        var happening =
                Happening.by(
                        person.user().id(),
                        clock.instant(),
                        JournalKind.ORGANISATION_CHANGED,
                        List.of(Subject.of(unit.id()), Subject.of(unit.node())));
        audit.begin(AuditEntry.Kind.UNIT_ADDED, person.account(), unit.id().value(), Map.of());
        if (!record.organisation().add(unit, happening)) {
            throw new ApiProblem(HttpStatus.CONFLICT, "conflict", "This id is taken.");
        }
        roster.reload();
        bus.publish(
                Topic.ORGANISATION,
                new Envelope(bus.self(), "unitAdded", unit.id().value(), Map.of()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(presence.shown(unit, person.user().locale()));
    }

    private Unit unit(NewUnit wanted) {
        var id = Access.text(wanted.id(), "id", Ids.MAX_CHARS);
        var name = Access.text(wanted.name(), "name", Name.MAX_CHARS);
        var node = Access.text(wanted.node(), "node", Ids.MAX_CHARS);
        if (!Ids.isValid(id)) {
            throw ApiProblem.malformed("id", "has characters that an id must not have");
        }
        if (!Ids.isValid(node) || roster.organisation().node(new NodeId(node)).isEmpty()) {
            throw ApiProblem.malformed("node", "is not known");
        }
        return new Unit(new UnitId(id), Name.of(name), kind(wanted.kind()), new NodeId(node));
    }

    /// As on the wire: `policeRoom`.
    private static Unit.Kind kind(@Nullable String kind) {
        var word = Access.text(kind, "kind", 32).replaceAll("([A-Z])", "_$1");
        return Arrays.stream(Unit.Kind.values())
                .filter(known -> known.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> ApiProblem.malformed("kind", "is not known"));
    }

    private @Nullable SourceStats now(SourceId source) {
        try {
            return relay.sourceStats(source).get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof NoSuchElementException) {
                return null;
            }
            throw new IllegalStateException("the relay cannot say how it goes", e);
        } catch (TimeoutException _) {
            throw new ApiProblem(
                    HttpStatus.SERVICE_UNAVAILABLE, "relay-busy", "The relay does not answer.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
