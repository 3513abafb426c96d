package org.maplebridge.signaling.group;

import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.SeverityPolicy;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.scene.call.Tiers;

/// Raises the talk of groups that were made for an incident to the tier that its severity stands
/// for.
///
/// Thread: any; [Tiers] decides what was last.
public final class IncidentTiers {
    private final Groups groups;
    private final Tiers tiers;
    private final IncidentStore incidents;

    public IncidentTiers(Groups groups, Tiers tiers, IncidentStore incidents) {
        this.groups = groups;
        this.tiers = tiers;
        this.incidents = incidents;
    }

    /// A group was made for the incident, or its severity is another one now.
    public void follow(IncidentId id) throws RecordUnavailable {
        var made = groups.regrouped().madeFor(id);
        if (!made.isEmpty()) {
            incidents
                    .find(id)
                    .ifPresent(incident -> made.forEach(group -> follow(group, incident)));
        }
    }

    /// After a start, when no call is raised yet.
    public void followAll() throws RecordUnavailable {
        for (var group : groups.regrouped().made().values()) {
            var incident = group.wish().incident();
            if (incident != null) {
                follow(incident);
            }
        }
    }

    private void follow(MadeGroup group, Incident incident) {
        var tier = SeverityPolicy.of(incident.severity()).floor();
        tiers.follow(group.id(), tier, incident.number());
    }
}
