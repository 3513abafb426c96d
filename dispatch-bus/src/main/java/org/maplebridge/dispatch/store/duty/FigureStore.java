package org.maplebridge.dispatch.store.duty;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.figures.Facts;
import org.maplebridge.dispatch.figures.Span;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Counts what was done, in the database. Reads alone.
public interface FigureStore {
    /// Whose figures.
    ///
    /// @param rooms that are responsible
    /// @param seats that act
    record Of(Set<NodeId> rooms, Set<SeatId> seats) {
        public Of {
            rooms = Set.copyOf(rooms);
            seats = Set.copyOf(seats);
        }
    }

    /// As [org.maplebridge.dispatch.figures.Measure] says, all as of one moment.
    ///
    /// @param of absent for the whole county
    Facts count(Span span, Instant now, @Nullable Of of) throws RecordUnavailable;
}
