package org.maplebridge.signaling.http.meeting;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.Agencies;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.IncidentController;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Which departments can be called into an incident, by the ownership list.
@RestController
public class AgencyController {
    /// @param unit the agency's room, to be called
    /// @param suggested whether the quoted line is about this matter
    record AgencyView(
            String node,
            String name,
            @Nullable String unit,
            String owner,
            String item,
            String text,
            boolean suggested) {}

    private final Agencies agencies;
    private final IncidentDesk desk;
    private final Roster roster;

    public AgencyController(Agencies agencies, IncidentDesk desk, Roster roster) {
        this.agencies = agencies;
        this.desk = desk;
        this.roster = roster;
    }

    /// What fits the matter first.
    @GetMapping("/api/incidents/{id}/agencies")
    List<AgencyView> agencies(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        IncidentController.readsIncidents(person);
        var dossier =
                desk.find(person, IncidentController.id(id))
                        .orElseThrow(() -> ApiProblem.notVisible("incident"));
        var locale = person.user().locale();
        return agencies.of(dossier.incident()).stream()
                .map(agency -> {
                    Optional<Unit> room =
                            roster.organisation().unitsAt(agency.node().id()).stream()
                                    .filter(unit -> unit.kind().isRoom())
                                    .findFirst();
                    return new AgencyView(
                            agency.node().id().value(),
                            agency.node().name().in(locale),
                            room.map(unit -> unit.id().value()).orElse(null),
                            agency.item().owner(),
                            agency.item().item(),
                            agency.item().text(),
                            agency.suggested());
                })
                .toList();
    }
}
