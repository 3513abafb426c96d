package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;

/// Bursts of talk, and who has caught up with what they missed. Sound lies elsewhere.
public interface BurstStore {
    /// Burst and journal in one transaction.
    ///
    /// @param missedBy units it was said to that could not hear it
    /// @return false when it is there already; nothing was written
    boolean add(Burst burst, Collection<UnitId> missedBy, Happening happening)
            throws RecordUnavailable;

    Optional<Burst> find(BurstId id) throws RecordUnavailable;

    /// Newest first.
    List<Burst> list(BurstQuery query) throws RecordUnavailable;

    /// What was said in the groups of this incident, newest first. Who may hear it is for the
    /// caller to say.
    List<Burst> about(IncidentId incident, int limit) throws RecordUnavailable;

    /// What was said in these calls since then, that the unit missed and has not marked, newest
    /// first.
    List<Burst> missed(UnitId unit, Collection<CallId> calls, Instant since, int limit)
            throws RecordUnavailable;

    /// What the unit could hear or has marked, out of these.
    Set<BurstId> heard(@Nullable UnitId unit, Collection<BurstId> bursts) throws RecordUnavailable;

    /// May be repeated; unknown bursts are passed over.
    void markHeard(UnitId unit, Collection<BurstId> bursts, Instant at) throws RecordUnavailable;

    /// Nobody has missed any more what began before.
    void forgetMissed(Instant before) throws RecordUnavailable;

    /// Forgets bursts that began before and are of no held incident, oldest first. Orders that were
    /// spoken stay.
    ///
    /// @return how many
    int dropBefore(Instant before, int limit) throws RecordUnavailable;
}
