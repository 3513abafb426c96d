package org.maplebridge.dispatch.incident;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// Everything of one incident that a decision about it needs.
public record Dossier(Incident incident, Ledger ledger) {
    /// Of a list: without what nobody needs to choose from it.
    ///
    /// @param merged how many other incidents are a part of it, and how many reports were added
    public record Line(Incident incident, List<Ledger.Room> rooms, int merged) {
        public Line {
            rooms = List.copyOf(rooms);
        }
    }

    /// What is known of something new.
    ///
    /// @param accepted whether the room itself wrote it down, and so has taken it on
    public record Report(
            IncidentId id,
            String title,
            Severity severity,
            NodeId node,
            String place,
            @Nullable GeoPoint point,
            Origin origin,
            boolean accepted) {}

    /// An incident that stands where it stands, with a ledger that begins there.
    public static Dossier begun(Incident incident) {
        var owner = incident.isClosed() ? Ledger.Room.State.DONE : Ledger.Room.State.ACCEPTED;
        return new Dossier(incident, Ledger.begun(incident, owner));
    }
}
