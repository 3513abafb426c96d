package org.maplebridge.signaling.http.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.OwnershipList;
import org.maplebridge.dispatch.intake.OwnershipSheet;
import org.maplebridge.dispatch.intake.OwnershipSheet.Reading;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.intake.Ownership;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.sheet.Sheet;
import org.maplebridge.signaling.sheet.SheetReader;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Who owns what: the list that the county decided on, and whose matter something is by it.
@RestController
public class OwnershipController {
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int MOST_SUGGESTED = 5;
    private static final int MOST_VERSIONS = 100;

    /// @param item number of the line, as it is quoted
    public record ItemView(String item, String text, String owner, @Nullable String node) {}

    public record ListView(long version, List<ItemView> items) {}

    /// What a file would change, before anybody imports it.
    ///
    /// @param items how many it has
    /// @param added,changed lines of the file
    /// @param removed lines that the file has no more
    public record Preview(
            int items, List<ItemView> added, List<ItemView> changed, List<ItemView> removed) {}

    /// @param by who imported it, by name
    public record VersionView(long version, Instant at, String by, int items) {}

    /// @param items how many there are
    public record Imported(long version, int items) {}

    private final IntakeLists lists;
    private final Ownership ownership;
    private final Roster roster;
    private final InstantSource clock;
    private final SheetReader sheets = new SheetReader(OwnershipList.MAX_ITEMS + 1);

    public OwnershipController(
            RecordStores record, Ownership ownership, Roster roster, InstantSource clock) {
        this.lists = record.intakeLists();
        this.ownership = ownership;
        this.roster = roster;
        this.clock = clock;
    }

    @GetMapping("/api/ownership/suggest")
    List<ItemView> suggest(@RequestParam String text, @RequestParam(defaultValue = "") String kind)
            throws RecordUnavailable {
        var said = Access.text(text, "text", ReportRules.MAX_TEXT_CHARS);
        return shown(ownership.suggest(said, kind, MOST_SUGGESTED));
    }

    @GetMapping("/api/ownership")
    ListView list() throws RecordUnavailable {
        var current = ownership.current();
        return new ListView(current.version(), shown(current.items()));
    }

    /// Who imported which list when, newest first.
    @GetMapping("/api/ownership/versions")
    List<VersionView> versions(@AuthenticationPrincipal Caller.Person person)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        return lists.ownershipVersions(MOST_VERSIONS).stream()
                .map(version ->
                        new VersionView(
                                version.version(),
                                version.at(),
                                roster.organisation()
                                        .user(version.by())
                                        .map(user -> user.name().in(person.user().locale()))
                                        .orElse(version.by().value()),
                                version.items()))
                .toList();
    }

    @PostMapping(
            path = "/api/ownership/preview",
            consumes = {"text/csv", XLSX})
    Preview preview(@AuthenticationPrincipal Caller.Person person, @RequestBody byte[] file)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        var items = items(file);
        var difference = ownership.current().to(items);
        return new Preview(
                items.size(),
                shown(difference.added()),
                shown(difference.changed()),
                shown(difference.removed()));
    }

    @PostMapping(
            path = "/api/ownership",
            consumes = {"text/csv", XLSX})
    ResponseEntity<Imported> imported(
            @AuthenticationPrincipal Caller.Person person, @RequestBody byte[] file)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        var items = items(file);
        var now = clock.instant();
        var list =
                lists.importOwnership(
                        items,
                        person.user().id(),
                        now,
                        version ->
                                new Happening(
                                        now,
                                        JournalKind.OWNERSHIP_IMPORTED,
                                        person.user().id(),
                                        person.user().seat(),
                                        List.of(Subject.of(roster.organisation().centre().id())),
                                        Map.of(
                                                "version",
                                                Long.toString(version),
                                                "items",
                                                Integer.toString(items.size()))));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new Imported(list.version(), items.size()));
    }

    private List<OwnershipItem> items(byte[] file) {
        var lines =
                switch (sheets.read(file)) {
                    case Sheet.Lines(var read) -> read;
                    case Sheet.Refused(var cause, var line) -> throw refused(cause, line);
                };
        return switch (OwnershipSheet.read(lines, this::isNode)) {
            case Reading.Good(var items) -> items;
            case Reading.Bad(var cause, var line) -> throw refused(cause, line);
        };
    }

    private boolean isNode(NodeId node) {
        return roster.organisation().node(node).isPresent();
    }

    private static ApiProblem refused(Enum<?> cause, int line) {
        var code = "sheet-" + cause.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return line == 0
                ? Faults.refused(code, "The file is not taken.")
                : new ApiProblem(
                        HttpStatus.BAD_REQUEST,
                        code,
                        "Line " + line + " is not taken.",
                        Map.of("line", Integer.toString(line)));
    }

    private static List<ItemView> shown(List<OwnershipItem> items) {
        return items.stream().map(OwnershipController::shown).toList();
    }

    private static ItemView shown(OwnershipItem item) {
        @Nullable NodeId node = item.node();
        return new ItemView(
                item.item(), item.text(), item.owner(), node == null ? null : node.value());
    }
}
