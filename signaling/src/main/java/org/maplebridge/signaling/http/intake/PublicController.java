package org.maplebridge.signaling.http.intake;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.intake.Rating;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.intake.Statement;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.TooManyRequests;
import org.maplebridge.signaling.intake.IntakeDesk;
import org.maplebridge.signaling.intake.PublicAllowance;
import org.maplebridge.signaling.scene.Words;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What everybody may do who scans a code: report a matter, and ask by the receipt what became of
/// it. Whoever has the receipt is taken for who reported.
@RestController
public class PublicController {
    private static final int MAX_TEXT_CHARS = 1_000;

    public record CodeView(String code, Name title, String kind, String place, String node) {}

    /// WGS 84.
    public record Point(@Nullable Double latitude, @Nullable Double longitude) {}

    public record NewReport(
            @Nullable String code,
            @Nullable String clientId,
            @Nullable String text,
            @Nullable String name,
            @Nullable String phone,
            @Nullable Point point) {}

    public record Receipt(String receipt) {}

    /// @param rated whether this receipt gave its rating
    public record StateView(
            String number,
            String state,
            String step,
            Instant openedAt,
            @Nullable Instant closedAt,
            @Nullable String result,
            boolean rated) {}

    public record NewRating(@Nullable Integer stars, @Nullable String text) {}

    private final IntakeLists lists;
    private final ReportStore reports;
    private final IncidentStore incidents;
    private final IntakeDesk desk;
    private final PublicAllowance allowance;
    private final InstantSource clock;

    public PublicController(
            RecordStores record, IntakeDesk desk, PublicAllowance allowance, InstantSource clock) {
        this.lists = record.intakeLists();
        this.reports = record.reports();
        this.incidents = record.incidents();
        this.desk = desk;
        this.allowance = allowance;
        this.clock = clock;
    }

    @GetMapping("/api/public/codes/{code}")
    CodeView code(@PathVariable String code, HttpServletRequest request) throws RecordUnavailable {
        await(allowance.look(request.getRemoteAddr()));
        var found = known(code);
        return new CodeView(
                found.code(), found.title(), found.kind(), found.place(), found.node().value());
    }

    @PostMapping("/api/public/reports")
    ResponseEntity<Receipt> report(@RequestBody NewReport report, HttpServletRequest request)
            throws RecordUnavailable {
        await(allowance.look(request.getRemoteAddr()));
        var code = known(Access.text(report.code(), "code", Ids.MAX_CHARS));
        var statement = statement(report, code);
        Faults.refuse(desk.fault(statement));
        await(allowance.report(code.code(), request.getRemoteAddr()));
        var door = new IntakeDesk.Door(Source.CITIZEN, code.node(), code.severity(), null);
        var filed = desk.file(statement, door);
        if (filed.conflict()) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT, "id-taken", "clientId stands for another report.");
        }
        return ResponseEntity.status(filed.repeated() ? HttpStatus.OK : HttpStatus.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new Receipt(filed.receipt()));
    }

    private static Statement statement(NewReport report, ReportCode code) {
        var text = Access.text(report.text(), "text", MAX_TEXT_CHARS);
        @Nullable Point said = report.point();
        @Nullable GeoPoint printed = said == null ? code.point() : null;
        return new Statement(
                Faults.orEmpty(report.clientId()),
                Report.title(code.title().zh(), text),
                text,
                code.kind(),
                code.place(),
                said != null ? said.latitude() : printed == null ? null : printed.latitude(),
                said != null ? said.longitude() : printed == null ? null : printed.longitude(),
                new Reporter(Faults.orEmpty(report.name()), Faults.orEmpty(report.phone())),
                null);
    }

    @GetMapping("/api/public/reports/{receipt}")
    ResponseEntity<StateView> state(@PathVariable String receipt, HttpServletRequest request)
            throws RecordUnavailable {
        await(allowance.look(request.getRemoteAddr()));
        var report = reported(receipt);
        var incident = whole(report.incident());
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(
                        new StateView(
                                incident.number(),
                                Words.of(incident.state()),
                                incident.standing().step(),
                                report.receivedAt(),
                                incident.closedAt(),
                                incident.standing().result(),
                                reports.rating(report.id()).isPresent()));
    }

    /// What was made a part of another one goes on as that.
    private Incident whole(IncidentId id) throws RecordUnavailable {
        var incident = incidents.find(id).orElseThrow();
        @Nullable IncidentId into = incident.standing().merged();
        return into == null ? incident : incidents.find(into).orElseThrow();
    }

    @PostMapping("/api/public/reports/{receipt}/rating")
    ResponseEntity<Void> rate(
            @PathVariable String receipt, @RequestBody NewRating given, HttpServletRequest request)
            throws RecordUnavailable {
        await(allowance.look(request.getRemoteAddr()));
        var now = clock.instant();
        var rated = reports.rate(receipt, rating(given, now), report -> rated(report, now));
        return switch (rated) {
            case RATED -> ResponseEntity.noContent().build();
            case RATED_ALREADY ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT, "rated-already", "The matter was rated before.");
            case NOT_CLOSED ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT, "not-closed", "The matter is not closed yet.");
            case UNKNOWN -> throw unknownReceipt();
        };
    }

    private static Rating rating(NewRating given, Instant now) {
        @Nullable Integer stars = given.stars();
        if (stars == null || stars < 1 || stars > Rating.MOST_STARS) {
            throw ApiProblem.malformed("stars", "may be 1 to " + Rating.MOST_STARS);
        }
        var text = Faults.orEmpty(given.text());
        if (text.isBlank()) {
            return new Rating(stars, "", now);
        }
        if (!ReportRules.isPlain(text)) {
            throw ApiProblem.malformed("text", "is not of its form");
        }
        return new Rating(stars, Access.text(text, "text", Rating.MAX_TEXT_CHARS), now);
    }

    private static Happening rated(Report report, Instant now) {
        return new Happening(
                now,
                JournalKind.REPORT_RATED,
                null,
                null,
                List.of(Subject.of(report.incident()), Subject.of(report.node())),
                Map.of("report", report.id().value()));
    }

    private Report reported(String receipt) throws RecordUnavailable {
        Optional<Report> found =
                Ids.isValid(receipt) ? reports.byReceipt(receipt) : Optional.empty();
        return found.orElseThrow(PublicController::unknownReceipt);
    }

    private ReportCode known(String code) throws RecordUnavailable {
        Optional<ReportCode> found = Ids.isValid(code) ? lists.code(code) : Optional.empty();
        return found.orElseThrow(() ->
                new ApiProblem(HttpStatus.NOT_FOUND, "unknown-code", "There is no such code."));
    }

    private static ApiProblem unknownReceipt() {
        return new ApiProblem(HttpStatus.NOT_FOUND, "unknown-receipt", "There is no such receipt.");
    }

    private static void await(Duration left) {
        if (left.isPositive()) {
            throw new TooManyRequests(left);
        }
    }
}
