package org.maplebridge.dispatch.store;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;

/// Incidents. State and journal change in one transaction.
public interface IncidentStore {
    /// @return false when the id or the number is taken already; nothing was written
    boolean open(Incident incident, Happening happening) throws RecordUnavailable;

    /// @return false when the version is not the stored one
    boolean save(Incident next, Happening happening) throws RecordUnavailable;

    Optional<Incident> find(IncidentId id) throws RecordUnavailable;

    /// Of these nodes, newest first.
    List<Incident> list(Collection<NodeId> nodes, int limit) throws RecordUnavailable;
}
