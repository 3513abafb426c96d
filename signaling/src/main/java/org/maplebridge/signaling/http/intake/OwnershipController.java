package org.maplebridge.signaling.http.intake;

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

    /// @param item number of the line, as it is quoted
    public record ItemView(String item, String text, String owner, @Nullable String node) {}

    public record ListView(long version, List<ItemView> items) {}

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
        return ownership.suggest(said, kind, MOST_SUGGESTED).stream()
                .map(OwnershipController::shown)
                .toList();
    }

    @GetMapping("/api/ownership")
    ListView list() throws RecordUnavailable {
        var current = ownership.current();
        return new ListView(
                current.version(),
                current.items().stream().map(OwnershipController::shown).toList());
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
        return Faults.refused(
                code, line == 0 ? "The file is not taken." : "Line " + line + " is not taken.");
    }

    private static ItemView shown(OwnershipItem item) {
        @Nullable NodeId node = item.node();
        return new ItemView(
                item.item(), item.text(), item.owner(), node == null ? null : node.value());
    }
}
