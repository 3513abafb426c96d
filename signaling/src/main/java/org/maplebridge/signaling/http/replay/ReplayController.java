package org.maplebridge.signaling.http.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.IncidentController;
import org.maplebridge.signaling.replay.Cast;
import org.maplebridge.signaling.replay.Ways;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a replay needs beside the incident, its time line and its evidence: who took part, under
/// which names, their calls for help, and the ways they took. Who opens it stands in the audit
/// before anything is told.
@RestController
public class ReplayController {
    /// A page asks for the hours that it shows.
    private static final Duration LONGEST_WAY = Duration.ofHours(6);

    private static final int MOST_ALERTS = 500;

    /// @param name in the reader's language
    public record Named(String id, String name) {}

    public record Taking(String id, String name, String kind) {}

    /// @param endedAt absent while it goes on
    public record Cry(
            String id,
            String unit,
            String tier,
            Instant at,
            @Nullable Instant endedAt,
            @Nullable String reason) {}

    /// @param until when it was closed, or now
    /// @param live whether it goes on
    /// @param follows whether the ways of the units may be asked for
    /// @param marks whether the reader may write marks
    public record Replay(
            Instant now,
            Instant from,
            Instant until,
            boolean live,
            boolean follows,
            boolean marks,
            List<Taking> units,
            List<Named> calls,
            List<Cry> alerts) {}

    /// @param points as [TrackPiece] says
    public record Piece(String unit, Instant from, Instant until, String points) {}

    private final RecordStores record;
    private final IncidentDesk desk;
    private final Cast cast;
    private final Ways ways;
    private final Hearing hearing;
    private final Audit audit;
    private final InstantSource clock;

    public ReplayController(
            RecordStores record,
            IncidentDesk desk,
            Cast cast,
            Ways ways,
            Hearing hearing,
            Audit audit,
            InstantSource clock) {
        this.record = record;
        this.desk = desk;
        this.cast = cast;
        this.ways = ways;
        this.hearing = hearing;
        this.audit = audit;
        this.clock = clock;
    }

    @GetMapping("/api/incidents/{id}/replay")
    Replay replay(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var dossier = visible(desk, person, id);
        var seen = cast.of(person, dossier);
        begin(person, dossier, Map.of());
        var incident = dossier.incident();
        Instant now = clock.instant();
        @Nullable Instant closed = incident.closedAt();
        Instant until = closed == null ? now : closed;
        var locale = person.user().locale();
        return new Replay(
                now,
                incident.openedAt(),
                until,
                closed == null,
                Cast.followsUnits(person),
                Cast.examines(person),
                seen.units().stream()
                        .map(unit ->
                                new Taking(
                                        unit.id().value(),
                                        unit.name().in(locale),
                                        Words.of(unit.kind())))
                        .toList(),
                seen.calls().stream()
                        .map(call -> new Named(call.value(), name(call, locale)))
                        .toList(),
                alerts(seen.units(), incident.openedAt(), until));
    }

    /// At most six hours at once; where nothing is said, the first ones.
    @GetMapping("/api/incidents/{id}/ways")
    List<Piece> ways(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until)
            throws RecordUnavailable {
        var dossier = visible(desk, person, id);
        if (!Cast.followsUnits(person)) {
            throw ApiProblem.notAllowed("dispatch");
        }
        Instant opened = dossier.incident().openedAt();
        Instant first = from == null ? opened : from;
        Instant last = until == null ? first.plus(LONGEST_WAY) : until;
        if (!first.isBefore(last) || Duration.between(first, last).compareTo(LONGEST_WAY) > 0) {
            throw ApiProblem.malformed("from", "is not before until, by at most 6 hours");
        }
        @Nullable Instant closed = dossier.incident().closedAt();
        first = first.isBefore(opened) ? opened : first;
        last = closed != null && closed.isBefore(last) ? closed : last;
        var units = cast.of(person, dossier).units().stream().map(Unit::id).toList();
        begin(person, dossier, Map.of("units", text(units)));
        return first.isBefore(last)
                ? ways.between(units, first, last).stream().map(ReplayController::piece).toList()
                : List.of();
    }

    static Dossier visible(IncidentDesk desk, Caller.Person person, String id)
            throws RecordUnavailable {
        IncidentController.readsIncidents(person);
        return desk.find(person, IncidentController.id(id))
                .orElseThrow(() -> ApiProblem.notVisible("incident"));
    }

    private void begin(Caller.Person person, Dossier dossier, Map<String, String> detail)
            throws RecordUnavailable {
        audit.begin(
                AuditEntry.Kind.INCIDENT_REPLAYED,
                person.account(),
                dossier.incident().id().value(),
                detail);
    }

    private static String text(List<UnitId> units) {
        var all = units.stream().map(UnitId::value).collect(Collectors.joining(" "));
        return all.length() <= AuditEntry.MAX_CHARS ? all : all.substring(0, AuditEntry.MAX_CHARS);
    }

    private String name(CallId call, String locale) {
        return hearing.group(call).map(TalkGroup::name).map(n -> n.in(locale)).orElse(call.value());
    }

    private List<Cry> alerts(List<Unit> units, Instant from, Instant until)
            throws RecordUnavailable {
        var ids = units.stream().map(Unit::id).toList();
        return record.alerts().raised(ids, from, until, MOST_ALERTS).stream()
                .map(ReplayController::cry)
                .toList();
    }

    private static Cry cry(Alert alert) {
        Alert.@Nullable Ending ending = alert.ending();
        return new Cry(
                alert.id().value(),
                alert.unit().value(),
                Words.of(alert.tier()),
                alert.raisedAt(),
                ending == null ? null : ending.at(),
                ending == null ? null : ending.reason());
    }

    private static Piece piece(TrackPiece piece) {
        return new Piece(piece.unit().value(), piece.from(), piece.until(), piece.points());
    }
}
