package org.maplebridge.signaling.http.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.intake.Statement;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.intake.IntakeDesk;
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

/// The codes that are printed and hung up, and groups of devices. A code that hangs somewhere is
/// never changed; one that hangs nowhere any more is withdrawn, and never means anything else.
@RestController
public class CodeController {
    /// WGS 84.
    public record Point(@Nullable Double latitude, @Nullable Double longitude) {}

    public record NewCode(
            @Nullable String code,
            @Nullable Name title,
            @Nullable String kind,
            @Nullable String place,
            @Nullable String node,
            @Nullable Point point,
            @Nullable String severity) {}

    public record CodeView(
            String code,
            Name title,
            String kind,
            String place,
            String node,
            @Nullable GeoPoint point,
            Severity severity,
            @Nullable Instant withdrawnAt) {}

    private final IntakeLists lists;
    private final IntakeDesk desk;
    private final Roster roster;
    private final InstantSource clock;

    public CodeController(
            RecordStores record, IntakeDesk desk, Roster roster, InstantSource clock) {
        this.lists = record.intakeLists();
        this.desk = desk;
        this.roster = roster;
        this.clock = clock;
    }

    @GetMapping("/api/codes")
    List<CodeView> codes(@AuthenticationPrincipal Caller.Person person) throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        return lists.codes().stream().map(hung -> shown(hung.code(), hung.withdrawnAt())).toList();
    }

    @PostMapping("/api/codes")
    ResponseEntity<CodeView> add(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewCode wanted)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        var code = code(wanted);
        var added =
                new Happening(
                        clock.instant(),
                        JournalKind.REPORT_CODE_ADDED,
                        person.user().id(),
                        person.user().seat(),
                        List.of(Subject.of(code.node())),
                        Map.of("code", code.code()));
        if (!lists.add(code, added)) {
            throw new ApiProblem(HttpStatus.CONFLICT, "id-taken", "There is such a code already.");
        }
        return ResponseEntity.status(HttpStatus.CREATED).body(shown(code, null));
    }

    /// Reports by it are refused from now on; receipts of earlier ones stay good.
    @DeleteMapping("/api/codes/{code}")
    ResponseEntity<Void> withdraw(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String code)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        var now = clock.instant();
        var withdrawn =
                new Happening(
                        now,
                        JournalKind.REPORT_CODE_WITHDRAWN,
                        person.user().id(),
                        person.user().seat(),
                        List.of(Subject.of(roster.organisation().centre().id())),
                        Map.of("code", code));
        if (!Ids.isValid(code) || !lists.withdraw(code, now, withdrawn)) {
            throw ApiProblem.notVisible("code");
        }
        return ResponseEntity.noContent().build();
    }

    /// As fit as a report by it has to be.
    private ReportCode code(NewCode wanted) {
        @Nullable Name title = wanted.title();
        if (title == null) {
            throw ApiProblem.malformed("title", "is missing");
        }
        @Nullable Point point = wanted.point();
        var statement =
                new Statement(
                        Access.text(wanted.code(), "code", Ids.MAX_CHARS),
                        title.zh(),
                        title.en(),
                        Access.text(wanted.kind(), "kind", Ids.MAX_CHARS),
                        Faults.orEmpty(wanted.place()),
                        point == null ? null : point.latitude(),
                        point == null ? null : point.longitude(),
                        Reporter.UNKNOWN,
                        null);
        Faults.refuse(desk.fault(statement));
        return new ReportCode(
                statement.externalId(),
                title,
                statement.kind(),
                statement.place(),
                ReportRules.point(statement),
                node(Access.text(wanted.node(), "node", Ids.MAX_CHARS)),
                Faults.severity(wanted.severity(), Severity.YELLOW));
    }

    private NodeId node(String asked) {
        if (!Ids.isValid(asked) || roster.organisation().node(new NodeId(asked)).isEmpty()) {
            throw Faults.refused("unknown-node", "node is not known.");
        }
        return new NodeId(asked);
    }

    private static CodeView shown(ReportCode code, @Nullable Instant withdrawnAt) {
        return new CodeView(
                code.code(),
                code.title(),
                code.kind(),
                code.place(),
                code.node().value(),
                code.point(),
                code.severity(),
                withdrawnAt);
    }
}
