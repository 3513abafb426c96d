package org.maplebridge.dispatch.store.duty;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.duty.CheckIn;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Where people in the field said they were.
public interface CheckInStore {
    /// With its entry of the journal, or neither.
    ///
    /// @return what stands under this id: the given one, or what was there before
    CheckIn add(CheckIn checkIn, Happening happening) throws RecordUnavailable;

    /// Newest first.
    ///
    /// @param unit absent for all
    List<CheckIn> list(
            Collection<NodeId> rooms, @Nullable UnitId unit, Instant from, Instant until, int limit)
            throws RecordUnavailable;
}
