package org.maplebridge.signaling.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Gate;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.IncidentStore.Fulfilled;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentDesk.Outcome;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What seats do with incidents: write one down, and bring it through its loop. Everything may be
/// sent again under the same `clientId`.
@RestController
public class IncidentActionController {
    record Where(@Nullable Double latitude, @Nullable Double longitude) {}

    record Who(@Nullable String name, @Nullable String phone) {}

    record NewIncident(
            @Nullable String clientId,
            @Nullable String title,
            @Nullable String severity,
            @Nullable String place,
            @Nullable Where point,
            @Nullable String text,
            @Nullable String kind,
            @Nullable Who reporter,
            @Nullable String node) {}

    private final IncidentDesk desk;
    private final IncidentController incidents;
    private final Roster roster;

    public IncidentActionController(
            IncidentDesk desk, IncidentController incidents, Roster roster) {
        this.desk = desk;
        this.incidents = incidents;
        this.roster = roster;
    }

    /// Written down by a seat, or reported by somebody in the field to their room.
    @PostMapping("/api/incidents")
    ResponseEntity<IncidentViews.Details> open(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewIncident wanted)
            throws RecordUnavailable {
        Access.requireAny(person, Permission.COMMAND, Permission.ORDER_REPORT);
        String clientId = clientId(wanted.clientId());
        return answer(person, desk.open(person, clientId, report(person, wanted)));
    }

    @PostMapping("/api/incidents/{id}/actions")
    ResponseEntity<IncidentViews.Details> act(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody NewAction wanted)
            throws RecordUnavailable {
        IncidentController.readsIncidents(person);
        @Nullable Long version = wanted.version();
        if (version == null) {
            throw ApiProblem.malformed("version", "is missing");
        }
        var outcome =
                desk.act(
                        person,
                        IncidentController.id(id),
                        clientId(wanted.clientId()),
                        version,
                        wanted.read());
        return ResponseEntity.ok(answer(person, outcome).getBody());
    }

    private ResponseEntity<IncidentViews.Details> answer(Caller.Person person, Outcome outcome)
            throws RecordUnavailable {
        return switch (outcome) {
            case Outcome.Done(Dossier dossier, boolean fresh) ->
                    ResponseEntity.status(fresh ? HttpStatus.CREATED : HttpStatus.OK)
                            .body(incidents.details(person, dossier));
            case Outcome.NotVisible(String what) -> throw ApiProblem.notVisible(what);
            case Outcome.Refused refused -> throw refused(refused);
            case Outcome.Overtaken(var by) ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT,
                            "version-conflict",
                            "Somebody changed the incident meanwhile: read it again.",
                            first(person, by));
            case Outcome.Conflict() ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT,
                            "id-conflict",
                            "This clientId stands for something else.");
        };
    }

    private static ApiProblem refused(Outcome.Refused refused) {
        Gate gate = refused.gate();
        var status =
                switch (gate) {
                    case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
                    case CALLBACK_REQUIRED,
                            REPORTER_MAY_NOT_CLOSE,
                            OVERDUE_REASON_REQUIRED,
                            EVIDENCE_REQUIRED,
                            VILLAGE_SESSION_REQUIRED,
                            JOINT_SESSION_REQUIRED,
                            NOT_PROVED,
                            NOT_ON_LIST,
                            NOT_LIVE,
                            STEP_NOT_ALLOWED ->
                            HttpStatus.CONFLICT;
                };
        return new ApiProblem(status, gate.code(), refused.text(), refused.more());
    }

    /// Who was first, and when.
    private Map<String, Object> first(Caller.Person person, @Nullable Fulfilled by) {
        var more = new TreeMap<String, Object>();
        if (by != null) {
            more.put("who", incidents.views(person).name(by.wish().actor()));
            more.put("at", by.wish().at().toString());
        }
        return more;
    }

    private Dossier.Report report(Caller.Person person, NewIncident wanted) {
        boolean seat = person.may(Permission.COMMAND);
        NodeId room = room(person.user().node());
        @Nullable String wish = wanted.node();
        NodeId node = wish == null ? room : node(person, wish, room);
        Origin.@Nullable Reporter reporter = seat ? reporter(wanted.reporter()) : null;
        @Nullable String kind = wanted.kind();
        @Nullable String text = wanted.text();
        var origin =
                new Origin(
                        seat ? Origin.Source.OPERATOR : Origin.Source.GRID,
                        kind == null ? null : Access.text(kind, "kind", Origin.MAX_KIND_CHARS),
                        text == null || text.isBlank()
                                ? ""
                                : Access.text(text, "text", Incident.MAX_TEXT_CHARS),
                        reporter,
                        reporter == null ? person.user().id() : null);
        return new Dossier.Report(
                new IncidentId(UUID.randomUUID().toString()),
                Access.text(wanted.title(), "title", Incident.MAX_LINE_CHARS),
                IncidentController.severity(Access.text(wanted.severity(), "severity", 20)),
                node,
                Access.text(wanted.place(), "place", Incident.MAX_LINE_CHARS),
                point(wanted.point()),
                origin,
                seat && node.equals(person.user().node()));
    }

    /// A seat opens it for its own room or one below; who is in the field, for the room they belong
    /// to.
    private NodeId node(Caller.Person person, String wanted, NodeId room) {
        return Optional.of(wanted)
                .filter(Ids::isValid)
                .map(NodeId::new)
                .filter(node -> roster.organisation().node(node).isPresent())
                .filter(node ->
                        node.equals(room)
                                || (person.may(Permission.COMMAND)
                                        && roster.organisation()
                                                .isWithin(node, person.user().node())))
                .orElseThrow(() -> ApiProblem.notVisible("node"));
    }

    /// The room that leads a place.
    private NodeId room(NodeId place) {
        NodeId at = place;
        Optional<OrgNode> node = roster.organisation().node(at);
        while (node.isPresent() && !isRoom(node.get().kind())) {
            @Nullable NodeId parent = node.get().parent();
            if (parent == null) {
                return at;
            }
            at = parent;
            node = roster.organisation().node(at);
        }
        return at;
    }

    private static boolean isRoom(OrgNode.Kind kind) {
        return switch (kind) {
            case CENTRE, TOWN, POLICE_ROOM, AGENCY -> true;
            case STATION, VILLAGE, GRID -> false;
        };
    }

    private static Origin.@Nullable Reporter reporter(@Nullable Who who) {
        if (who == null || (who.name() == null && who.phone() == null)) {
            return null;
        }
        return new Origin.Reporter(
                optional(who.name(), "reporter.name"), optional(who.phone(), "reporter.phone"));
    }

    private static @Nullable String optional(@Nullable String text, String field) {
        return text == null || text.isBlank()
                ? null
                : Access.text(text, field, Origin.MAX_REPORTER_CHARS);
    }

    private static @Nullable GeoPoint point(@Nullable Where where) {
        if (where == null) {
            return null;
        }
        @Nullable Double latitude = where.latitude();
        @Nullable Double longitude = where.longitude();
        if (latitude == null
                || longitude == null
                || !(Math.abs(latitude) <= 90)
                || !(Math.abs(longitude) <= 180)) {
            throw ApiProblem.malformed("point", "is not on earth");
        }
        return new GeoPoint(latitude, longitude);
    }

    private static String clientId(@Nullable String id) {
        var text = Access.text(id, "clientId", Ids.MAX_CHARS);
        if (!Ids.isValid(text)) {
            throw ApiProblem.malformed("clientId", "is no id");
        }
        return text;
    }
}
