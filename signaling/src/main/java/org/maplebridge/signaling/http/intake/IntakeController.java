package org.maplebridge.signaling.http.intake;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.intake.Statement;
import org.maplebridge.dispatch.model.Datum;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore.Taking;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.intake.IntakeDesk;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.SignedBy;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What other systems report. They proved by key and signature who they are before we are asked.
@RestController
public class IntakeController {
    /// @param datum what it is measured from: `WGS-84`, as without one, `CGCS2000` or `GCJ-02`
    public record Point(
            @Nullable Double latitude, @Nullable Double longitude, @Nullable String datum) {}

    /// @param node the room it goes to; without one, the centre
    public record SystemReport(
            @Nullable String externalId,
            @Nullable String source,
            @Nullable String title,
            @Nullable String text,
            @Nullable String kind,
            @Nullable String severity,
            @Nullable String place,
            @Nullable Point point,
            @Nullable String node,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String occurredAt) {}

    /// @param repeated true when this report was taken before
    /// @param mergedInto the incident, when it was there before for the very same matter
    public record Taken(
            String incident,
            String number,
            @Nullable Boolean repeated,
            @Nullable String mergedInto) {}

    private final IntakeDesk desk;
    private final Roster roster;

    public IntakeController(IntakeDesk desk, Roster roster) {
        this.desk = desk;
        this.roster = roster;
    }

    @PostMapping("/api/intake/reports")
    ResponseEntity<Taken> report(
            @RequestBody SystemReport report,
            @RequestAttribute(SignedBy.ATTRIBUTE) String signature)
            throws RecordUnavailable {
        var source = source(Access.text(report.source(), "source", 20));
        var severity = Faults.severity(report.severity(), Severity.YELLOW);
        var statement = statement(report);
        Faults.refuse(desk.fault(statement));
        var door = new IntakeDesk.Door(source, node(report.node()), severity, signature);
        return switch (desk.take(statement, door)) {
            case Taking.Opened(var _, var incident) ->
                    ResponseEntity.status(HttpStatus.CREATED).body(taken(incident, null, null));
            case Taking.Repeated(var _, var incident) ->
                    ResponseEntity.ok(taken(incident, true, null));
            case Taking.Merged(var _, var incident) ->
                    ResponseEntity.ok(taken(incident, null, incident.id().value()));
            case Taking.Replayed() ->
                    throw new ApiProblem(
                            HttpStatus.UNAUTHORIZED,
                            "signature-replayed",
                            "The signature was used before: sign again to say it again.");
        };
    }

    /// Citizens and seats have doors of their own.
    private static Source source(String word) {
        return switch (word) {
            case "12345" -> Source.HOTLINE_12345;
            case "110" -> Source.POLICE_110;
            case "petition" -> Source.PETITION;
            case "device" -> Source.DEVICE;
            case "other" -> Source.OTHER;
            default ->
                    throw ApiProblem.malformed(
                            "source", "may be 12345, 110, petition, device and other");
        };
    }

    private static Taken taken(
            Incident incident, @Nullable Boolean repeated, @Nullable String mergedInto) {
        return new Taken(incident.id().value(), incident.number(), repeated, mergedInto);
    }

    private static Statement statement(SystemReport report) {
        @Nullable Point point = inside(report.point());
        return new Statement(
                Faults.orEmpty(report.externalId()),
                Faults.orEmpty(report.title()),
                Faults.orEmpty(report.text()),
                Faults.orEmpty(report.kind()),
                Faults.orEmpty(report.place()),
                point == null ? null : point.latitude(),
                point == null ? null : point.longitude(),
                new Reporter(Faults.orEmpty(report.name()), Faults.orEmpty(report.phone())),
                time(report.occurredAt()));
    }

    /// In WGS 84. What is not on earth stays as it is, to be refused like everything else.
    private static @Nullable Point inside(@Nullable Point point) {
        if (point == null || point.datum() == null) {
            return point;
        }
        var datum =
                Datum.ofCode(point.datum())
                        .orElseThrow(() ->
                                ApiProblem.malformed(
                                        "point.datum", "may be WGS-84, CGCS2000 and GCJ-02"));
        @Nullable Double latitude = point.latitude();
        @Nullable Double longitude = point.longitude();
        if (latitude == null || longitude == null || !GeoPoint.isOnEarth(latitude, longitude)) {
            return point;
        }
        var there = datum.toWgs84(new GeoPoint(latitude, longitude));
        return new Point(there.latitude(), there.longitude(), null);
    }

    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ApiProblem.malformed("occurredAt", "is not a time as 2026-11-29T04:00:00Z");
        }
    }

    private NodeId node(@Nullable String asked) {
        var organisation = roster.organisation();
        if (asked == null) {
            return organisation.centre().id();
        }
        if (!Ids.isValid(asked) || organisation.node(new NodeId(asked)).isEmpty()) {
            throw Faults.refused("unknown-node", "node is not known.");
        }
        return new NodeId(asked);
    }
}
