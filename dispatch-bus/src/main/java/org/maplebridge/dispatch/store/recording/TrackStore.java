package org.maplebridge.dispatch.store.recording;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// The ways of units that had to do with an incident, for longer than telemetry keeps them.
public interface TrackStore {
    /// Units that were given an order about an incident which is open, or was until then, or spoke
    /// in one of its groups.
    List<UnitId> concerned(Instant closedAfter, int limit) throws RecordUnavailable;

    /// When the last point was that is kept of this unit.
    Optional<Instant> keptUntil(UnitId unit) throws RecordUnavailable;

    /// @return false when the unit has a piece that begins at this moment; nothing was written
    boolean keep(TrackPiece piece) throws RecordUnavailable;

    /// Pieces that have to do with this span, of all these units together, in the order of time.
    List<TrackPiece> between(Collection<UnitId> units, Instant from, Instant until, int limit)
            throws RecordUnavailable;

    /// Forgets pieces that ended before.
    ///
    /// @return how many
    int dropBefore(Instant before, int limit) throws RecordUnavailable;
}
