package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.UnitId;

/// Calls for help. State and journal change in one transaction.
public interface AlertStore {
    /// @return false when the id is taken already; nothing was written
    boolean raise(Alert alert, Happening happening) throws RecordUnavailable;

    /// @return false when the version is not the stored one: read again and step again
    boolean save(Alert next, Happening happening) throws RecordUnavailable;

    Optional<Alert> find(AlertId id) throws RecordUnavailable;

    /// Those that are not over, oldest first.
    List<Alert> open() throws RecordUnavailable;

    /// Those of these units that were raised from then until then, oldest first. What was taken
    /// back in time never was.
    List<Alert> raised(Collection<UnitId> units, Instant from, Instant until, int limit)
            throws RecordUnavailable;
}
