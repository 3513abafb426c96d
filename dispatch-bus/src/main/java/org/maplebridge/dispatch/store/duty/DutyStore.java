package org.maplebridge.dispatch.store.duty;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.duty.HandOver;
import org.maplebridge.dispatch.duty.Shift;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Duty rosters and what shifts tell each other.
public interface DutyStore {
    /// What became of a change.
    sealed interface Change {
        /// @param shift as it is in the record now
        record Kept(Shift shift) implements Change {}

        /// The same was written before; nothing was written.
        record Repeated(Shift shift) implements Change {}

        /// Somebody else was first, or took it off the roster; nothing was written.
        ///
        /// @param shift as it is in the record now, with who wrote it last
        record Overtaken(Shift shift) implements Change {}

        /// There is none of this id.
        record Unknown() implements Change {}
    }

    /// A new one; under the id of another one [Change.Overtaken].
    Change add(Shift shift) throws RecordUnavailable;

    /// All or none, each new.
    void addAll(List<Shift> shifts) throws RecordUnavailable;

    /// @param shift of the version that was read
    Change replace(Shift shift) throws RecordUnavailable;

    /// Takes it off the roster.
    Change remove(String id, long version, UserId by, Instant at) throws RecordUnavailable;

    Optional<Shift> shift(String id) throws RecordUnavailable;

    /// Of which some part lies within `[from, until)`, by room, beginning and post.
    List<Shift> shifts(Collection<NodeId> rooms, Instant from, Instant until, int limit)
            throws RecordUnavailable;

    /// @return what stands under its id now, which may be another one
    HandOver write(HandOver note) throws RecordUnavailable;

    /// @return whether nobody had taken it over before
    boolean take(String id, HandOver.Taken taken) throws RecordUnavailable;

    Optional<HandOver> handOver(String id) throws RecordUnavailable;

    /// Newest first.
    List<HandOver> handOvers(Collection<NodeId> rooms, int limit) throws RecordUnavailable;
}
