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
    /// Gives it the next number of the county.
    ///
    /// @return as it is in the record now; nothing when the id is taken already, and then nothing
    ///   was written
    Optional<Incident> open(Incident incident, Happening happening) throws RecordUnavailable;

    /// @return false when the version is not the stored one
    boolean save(Incident next, Happening happening) throws RecordUnavailable;

    Optional<Incident> find(IncidentId id) throws RecordUnavailable;

    /// Of these nodes, newest first.
    List<Incident> list(Collection<NodeId> nodes, int limit) throws RecordUnavailable;
}
