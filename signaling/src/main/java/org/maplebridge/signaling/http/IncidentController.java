package org.maplebridge.signaling.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.IncidentWorkflow;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.group.Regrouping;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.scene.Words;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Incidents as the record has them, and the step each stands at. Closing one closes its groups.
@RestController
public class IncidentController {
    private static final int MOST = 500;

    /// @param point where it is, as far as that is known
    /// @param version to be sent back with a change
    public record IncidentView(
            String id,
            String number,
            String title,
            Severity severity,
            String state,
            String node,
            String place,
            @Nullable Point point,
            Instant openedAt,
            @Nullable Instant closedAt,
            long version) {}

    /// WGS 84.
    public record Point(double latitude, double longitude) {}

    public record NewState(@Nullable String state, @Nullable Long version) {}

    private final IncidentStore incidents;
    private final Roster roster;
    private final Regrouping regrouping;
    private final InstantSource clock;

    public IncidentController(
            RecordStores record, Roster roster, Regrouping regrouping, InstantSource clock) {
        this.incidents = record.incidents();
        this.roster = roster;
        this.regrouping = regrouping;
        this.clock = clock;
    }

    /// Newest first.
    @GetMapping("/api/incidents")
    List<IncidentView> incidents(
            @AuthenticationPrincipal Caller.Person person,
            @RequestParam(defaultValue = "100") int limit)
            throws RecordUnavailable {
        List<NodeId> nodes =
                roster.organisation().nodes().stream()
                        .map(OrgNode::id)
                        .filter(node -> sees(person.user(), node))
                        .toList();
        return incidents.list(nodes, Access.limit(limit, MOST)).stream()
                .map(IncidentController::shown)
                .toList();
    }

    @GetMapping("/api/incidents/{id}")
    IncidentView incident(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        return shown(visible(person, id));
    }

    @PostMapping("/api/incidents/{id}/state")
    IncidentView move(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            @RequestBody NewState wanted)
            throws RecordUnavailable {
        Access.require(person, Permission.COMMAND);
        var incident = visible(person, id);
        var state = state(wanted.state());
        @Nullable Long version = wanted.version();
        if (version == null) {
            throw ApiProblem.malformed("version", "is missing");
        }
        var step = IncidentWorkflow.step(incident, state, clock.instant());
        switch (step.outcome()) {
            case MOVED -> save(person.user(), incident, version, step.next());
            case NOT_ALLOWED ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT, "step-not-allowed", "The incident is closed.");
            case REPEATED -> {}
        }
        if (state == Incident.State.CLOSED) {
            regrouping.closeOf(incident.id(), person);
        }
        return shown(incidents.find(incident.id()).orElse(step.next()));
    }

    private void save(User user, Incident incident, long version, Incident next)
            throws RecordUnavailable {
        var kind = next.isClosed() ? JournalKind.INCIDENT_CLOSED : JournalKind.INCIDENT_CHANGED;
        var happening =
                new Happening(
                        clock.instant(),
                        kind,
                        user.id(),
                        user.seat(),
                        List.of(Subject.of(incident.id()), Subject.of(incident.node())),
                        Map.of("from", incident.state().name(), "state", next.state().name()));
        if (version != incident.version() || !incidents.save(next, happening)) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT,
                    "version-conflict",
                    "Somebody changed the incident meanwhile: read it again.");
        }
    }

    private Incident visible(Caller.Person person, String id) throws RecordUnavailable {
        Optional<Incident> incident =
                Ids.isValid(id) ? incidents.find(new IncidentId(id)) : Optional.empty();
        return incident.filter(found -> sees(person.user(), found.node()))
                .orElseThrow(() -> ApiProblem.notVisible("incident"));
    }

    private boolean sees(User user, NodeId node) {
        return roster.visibility().sees(user.node(), node, Aspect.INCIDENTS);
    }

    private static Incident.State state(@Nullable String word) {
        var asked = Access.text(word, "state", 32);
        return Arrays.stream(Incident.State.values())
                .filter(known -> Words.of(known).equals(asked))
                .findFirst()
                .orElseThrow(() -> ApiProblem.malformed("state", "is not known"));
    }

    private static IncidentView shown(Incident incident) {
        var point = incident.point();
        return new IncidentView(
                incident.id().value(),
                incident.number(),
                incident.title(),
                Words.severity(incident.severity()),
                Words.of(incident.state()),
                incident.node().value(),
                incident.place(),
                point == null ? null : new Point(point.latitude(), point.longitude()),
                incident.openedAt(),
                incident.closedAt(),
                incident.version());
    }
}
