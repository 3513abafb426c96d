package org.maplebridge.signaling.http.duty;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.duty.CheckIn;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.CheckInStore;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// People in the field check in at a place; their room, and whoever leads it, sees who was where.
@RestController
public class CheckInController {
    private static final int MOST = 500;
    private static final int MAX_ACCURACY_METRES = 100_000;
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration WIDEST = Duration.ofDays(93);

    /// @param clientId chosen by the device
    /// @param point absent where the device has no position
    public record NewCheckIn(
            @Nullable String clientId,
            @Nullable String place,
            @Nullable Place point,
            @Nullable Integer accuracyMetres,
            @Nullable String note,
            @Nullable Instant at) {}

    /// @param who by name
    /// @param receivedAt later than `at` where there was no network
    public record CheckInView(
            String id,
            String node,
            String unit,
            String unitName,
            String who,
            String place,
            @Nullable Place point,
            @Nullable Integer accuracyMetres,
            String note,
            Instant at,
            Instant receivedAt) {}

    private final CheckInStore checkIns;
    private final Rooms rooms;
    private final InstantSource clock;

    public CheckInController(RecordStores record, Roster roster, InstantSource clock) {
        this.checkIns = record.checkIns();
        this.rooms = new Rooms(roster);
        this.clock = clock;
    }

    @PostMapping("/api/check-ins")
    ResponseEntity<CheckInView> checkIn(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewCheckIn wanted)
            throws RecordUnavailable {
        Access.require(person, Permission.ORDER_REPORT);
        var checkIn = read(person, wanted);
        var stands = checkIns.add(checkIn, happening(person, checkIn));
        if (!stands.saysTheSameAs(checkIn)) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT, "id-conflict", "This clientId stands for something else.");
        }
        boolean fresh = stands == checkIn;
        return ResponseEntity.status(fresh ? HttpStatus.CREATED : HttpStatus.OK)
                .body(shown(stands, person));
    }

    /// Of the last day, or of what is asked for; newest first.
    @GetMapping("/api/check-ins")
    List<CheckInView> list(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(required = false) @Nullable String node,
            @RequestParam(required = false) @Nullable String unit,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until,
            @RequestParam(defaultValue = "100") int limit)
            throws RecordUnavailable {
        Rooms.requireRoom(person);
        var end = until == null ? clock.instant().plus(USUAL) : until;
        var begin = from == null ? clock.instant().minus(USUAL) : from;
        if (!begin.isBefore(end) || begin.isBefore(end.minus(WIDEST))) {
            throw ApiProblem.malformed("from", "is not before until, or more than 93 days");
        }
        if (unit != null && !Ids.isValid(unit)) {
            throw ApiProblem.notVisible("unit");
        }
        var within = rooms.within(rooms.node(person, node));
        @Nullable UnitId one = unit == null ? null : new UnitId(unit);
        return checkIns.list(within, one, begin, end, Access.limit(limit, MOST)).stream()
                .map(checkIn -> shown(checkIn, person))
                .toList();
    }

    private CheckIn read(Caller.Person person, NewCheckIn wanted) {
        @Nullable UnitId unit = person.user().unit();
        if (unit == null) {
            throw ApiProblem.notAllowed(Permission.ORDER_REPORT.code());
        }
        Instant now = clock.instant();
        @Nullable Instant at = wanted.at();
        if (at == null || !CheckIn.isPlausible(at, now)) {
            throw ApiProblem.malformed("at", "is missing, in the future, or older than three days");
        }
        @Nullable String note = wanted.note();
        return new CheckIn(
                DutyController.id(Access.text(wanted.clientId(), "clientId", Ids.MAX_CHARS)),
                person.user().id(),
                unit,
                person.user().node(),
                Access.text(wanted.place(), "place", CheckIn.MAX_PLACE_CHARS).strip(),
                fix(wanted),
                note == null || note.isBlank()
                        ? ""
                        : Access.text(note, "note", CheckIn.MAX_NOTE_CHARS).strip(),
                at.truncatedTo(ChronoUnit.MILLIS),
                now);
    }

    private static CheckIn.@Nullable Fix fix(NewCheckIn wanted) {
        @Nullable Place point = wanted.point();
        if (point == null) {
            return null;
        }
        @Nullable Integer accuracy = wanted.accuracyMetres();
        int metres = accuracy == null ? 0 : accuracy;
        if (!GeoPoint.isOnEarth(point.latitude(), point.longitude())) {
            throw ApiProblem.malformed("point", "is not on earth");
        }
        if (metres < 0 || metres > MAX_ACCURACY_METRES) {
            throw ApiProblem.malformed("accuracyMetres", "is below 0 or above 100,000");
        }
        return new CheckIn.Fix(new GeoPoint(point.latitude(), point.longitude()), metres);
    }

    private static Happening happening(Caller.Person person, CheckIn checkIn) {
        Map<String, String> detail = new LinkedHashMap<>();
        detail.put("place", checkIn.place());
        detail.put("checkedAt", checkIn.at().toString());
        if (!checkIn.note().isEmpty()) {
            detail.put("note", checkIn.note());
        }
        return Happening.by(
                person.user().id(),
                checkIn.receivedAt(),
                JournalKind.CHECKED_IN,
                List.of(Subject.of(checkIn.unit()), Subject.of(checkIn.node())),
                detail);
    }

    private CheckInView shown(CheckIn checkIn, Caller.Person reader) {
        var locale = reader.user().locale();
        CheckIn.@Nullable Fix fix = checkIn.fix();
        return new CheckInView(
                checkIn.id(),
                checkIn.node().value(),
                checkIn.unit().value(),
                rooms.organisation()
                        .unit(checkIn.unit())
                        .map(unit -> unit.name().in(locale))
                        .orElse(checkIn.unit().value()),
                Optional.of(checkIn.by())
                        .flatMap(rooms.organisation()::user)
                        .map(user -> user.name().in(locale))
                        .orElse(checkIn.by().value()),
                checkIn.place(),
                fix == null ? null : new Place(fix.point().latitude(), fix.point().longitude()),
                fix == null ? null : fix.accuracyMetres(),
                checkIn.note(),
                checkIn.at(),
                checkIn.receivedAt());
    }
}
