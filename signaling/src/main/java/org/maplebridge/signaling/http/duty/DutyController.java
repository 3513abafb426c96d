package org.maplebridge.signaling.http.duty;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.duty.RosterSheet;
import org.maplebridge.dispatch.duty.RosterSheet.Reading;
import org.maplebridge.dispatch.duty.Shift;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Seat.Duty;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.DutyStore;
import org.maplebridge.dispatch.store.duty.DutyStore.Change;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.sheet.Sheet;
import org.maplebridge.signaling.sheet.SheetReader;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The duty roster: a room edits its own, and whoever leads it reads along.
@RestController
public class DutyController {
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int MOST = 2_000;
    private static final Duration WIDEST = Duration.ofDays(93);

    /// @param post the duty of a seat, or `dutyCommander`
    /// @param version to be sent back with a change
    public record ShiftView(
            String id,
            String node,
            String post,
            String person,
            Instant from,
            Instant until,
            String changedBy,
            Instant changedAt,
            long version) {}

    /// @param zone of the county, in which shifts are read
    /// @param mayEdit whether the roster of `node` is this seat's own
    public record RosterView(String node, String zone, boolean mayEdit, List<ShiftView> shifts) {}

    /// @param clientId of a new one
    /// @param version of one that is changed
    public record NewShift(
            @Nullable String clientId,
            @Nullable Long version,
            @Nullable String post,
            @Nullable String person,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /// @param shifts how many there are
    public record Imported(int shifts) {}

    private final DutyStore duty;
    private final Rooms rooms;
    private final Audit audit;
    private final ZoneId zone;
    private final InstantSource clock;
    private final SheetReader sheets = new SheetReader(RosterSheet.MAX_LINES + 1);

    public DutyController(
            RecordStores record,
            LoopWorkflow workflow,
            Roster roster,
            Audit audit,
            InstantSource clock) {
        this.duty = record.duty();
        this.rooms = new Rooms(roster);
        this.audit = audit;
        this.zone = workflow.loops().calendar().zone();
        this.clock = clock;
    }

    /// @param from absent for who is on duty now
    @GetMapping("/api/duty")
    RosterView roster(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(required = false) @Nullable String node,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant until)
            throws RecordUnavailable {
        Rooms.requireRoom(person);
        NodeId of = rooms.node(person, node);
        Instant begin = from == null ? clock.instant() : from;
        Instant end = until == null ? begin.plusMillis(1) : until;
        if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(WIDEST) > 0) {
            throw ApiProblem.malformed("until", "is after from, and not by more than 93 days");
        }
        var shifts = duty.shifts(rooms.within(of), begin, end, MOST);
        return new RosterView(
                of.value(),
                zone.getId(),
                mayEdit(person) && of.equals(person.user().node()),
                shifts.stream().map(shift -> shown(person, shift)).toList());
    }

    @PostMapping("/api/duty/shifts")
    ResponseEntity<ShiftView> add(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewShift wanted)
            throws RecordUnavailable {
        requireEditor(person);
        var id = id(Access.text(wanted.clientId(), "clientId", Ids.MAX_CHARS));
        var shift = read(person, id, wanted, 0);
        boolean fresh = false;
        var change = duty.add(shift);
        if (change instanceof Change.Kept) {
            fresh = true;
            changed(person, shift, "added");
        }
        return ResponseEntity.status(fresh ? HttpStatus.CREATED : HttpStatus.OK)
                .body(answer(person, change));
    }

    @PostMapping("/api/duty/shifts/{id}")
    ShiftView replace(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody NewShift wanted)
            throws RecordUnavailable {
        requireEditor(person);
        @Nullable Long version = wanted.version();
        if (version == null) {
            throw ApiProblem.malformed("version", "is missing");
        }
        own(person, id);
        var shift = read(person, id, wanted, version);
        var change = duty.replace(shift);
        if (change instanceof Change.Kept) {
            changed(person, shift, "changed");
        }
        return answer(person, change);
    }

    @DeleteMapping("/api/duty/shifts/{id}")
    ResponseEntity<Void> remove(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestParam long version)
            throws RecordUnavailable {
        requireEditor(person);
        var shift = own(person, id);
        var change = duty.remove(id, version, person.user().id(), clock.instant());
        if (change instanceof Change.Kept) {
            changed(person, shift, "removed");
        }
        answer(person, change);
        return ResponseEntity.noContent().build();
    }

    /// Adds what stands in the sheet to the own room's roster.
    @PostMapping(
            path = "/api/duty/import",
            consumes = {"text/csv", XLSX})
    ResponseEntity<Imported> imported(
            @AuthenticationPrincipal Caller.Person person, @RequestBody byte[] file)
            throws RecordUnavailable {
        requireEditor(person);
        var now = clock.instant();
        var lines =
                switch (sheets.read(file)) {
                    case Sheet.Lines(var read) -> read;
                    case Sheet.Refused(var cause, var line) -> throw refused(cause, line);
                };
        var entries =
                switch (RosterSheet.read(lines, zone, now)) {
                    case Reading.Good(var good) -> good;
                    case Reading.Bad(var cause, var line) -> throw refused(cause, line);
                };
        UserId by = person.user().id();
        NodeId node = person.user().node();
        var shifts =
                entries.stream()
                        .map(one ->
                                new Shift(
                                        UUID.randomUUID().toString(),
                                        node,
                                        one.post(),
                                        one.person(),
                                        one.from(),
                                        one.until(),
                                        by,
                                        now,
                                        0))
                        .toList();
        duty.addAll(shifts);
        audit.end(
                AuditEntry.Kind.DUTY_CHANGED,
                person.account(),
                node.value(),
                Map.of("what", "imported", "shifts", Integer.toString(shifts.size())));
        return ResponseEntity.status(HttpStatus.CREATED).body(new Imported(shifts.size()));
    }

    private static ApiProblem refused(Enum<?> cause, int line) {
        return new ApiProblem(
                HttpStatus.BAD_REQUEST,
                "sheet-" + cause.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                line == 0 ? "The file is not taken." : "Line " + line + " is not taken.",
                Map.of("line", line));
    }

    static boolean mayEdit(Caller.Person person) {
        return person.may(Permission.COMMAND) || person.may(Permission.SUPERVISE);
    }

    static void requireEditor(Caller.Person person) {
        Access.requireAny(person, Permission.COMMAND, Permission.SUPERVISE);
    }

    /// Another room's is not told from one that is not there.
    private Shift own(Caller.Person person, String id) throws RecordUnavailable {
        if (!Ids.isValid(id)) {
            throw ApiProblem.notVisible("shift");
        }
        return duty.shift(id)
                .filter(shift -> shift.node().equals(person.user().node()))
                .orElseThrow(() -> ApiProblem.notVisible("shift"));
    }

    private Shift read(Caller.Person person, String id, NewShift wanted, long version) {
        @Nullable Instant from = wanted.from();
        @Nullable Instant until = wanted.until();
        if (from == null || until == null) {
            throw ApiProblem.malformed(from == null ? "from" : "until", "is missing");
        }
        var now = clock.instant();
        Shift.fault(from, until, now)
                .ifPresent(fault -> {
                    throw new ApiProblem(
                            HttpStatus.BAD_REQUEST,
                            "shift-" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            "Nobody is on duty at such a time.");
                });
        return new Shift(
                id,
                person.user().node(),
                post(wanted.post()),
                Access.text(wanted.person(), "person", Shift.MAX_PERSON_CHARS).strip(),
                from,
                until,
                person.user().id(),
                now,
                version);
    }

    private static Duty post(@Nullable String word) {
        return Arrays.stream(Duty.values())
                .filter(post -> Words.of(post).equals(word))
                .findFirst()
                .orElseThrow(() -> ApiProblem.malformed("post", "is a duty of a seat"));
    }

    static String id(String text) {
        if (!Ids.isValid(text)) {
            throw ApiProblem.malformed("clientId", "is no id");
        }
        return text;
    }

    private ShiftView answer(Caller.Person person, Change change) {
        return switch (change) {
            case Change.Kept(Shift shift) -> shown(person, shift);
            case Change.Repeated(Shift shift) -> shown(person, shift);
            case Change.Unknown() -> throw ApiProblem.notVisible("shift");
            case Change.Overtaken(Shift shift) -> {
                var first = new TreeMap<String, Object>();
                if (shift.node().equals(person.user().node())) {
                    first.put("who", name(person, shift.changedBy()));
                    first.put("at", shift.changedAt().toString());
                }
                throw new ApiProblem(
                        HttpStatus.CONFLICT,
                        "version-conflict",
                        "Somebody changed the shift meanwhile: read it again.",
                        first);
            }
        };
    }

    private void changed(Caller.Person person, Shift shift, String what) {
        audit.end(
                AuditEntry.Kind.DUTY_CHANGED,
                person.account(),
                shift.node().value(),
                Map.of(
                        "what", what,
                        "shift", shift.id(),
                        "post", shift.post().name(),
                        "person", shift.person(),
                        "from", shift.from().toString(),
                        "until", shift.until().toString()));
    }

    private String name(Caller.Person person, UserId user) {
        return rooms.organisation()
                .user(user)
                .map(User::name)
                .map(name -> name.in(person.user().locale()))
                .orElse(user.value());
    }

    private ShiftView shown(Caller.Person person, Shift shift) {
        return new ShiftView(
                shift.id(),
                shift.node().value(),
                Words.of(shift.post()),
                shift.person(),
                shift.from(),
                shift.until(),
                name(person, shift.changedBy()),
                shift.changedAt(),
                shift.version());
    }
}
