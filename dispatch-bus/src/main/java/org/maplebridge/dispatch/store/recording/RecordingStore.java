package org.maplebridge.dispatch.store.recording;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.Hold;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Which recordings there are, whose they are, and which of them are held. The files lie elsewhere.
/// State and journal change in one transaction.
public interface RecordingStore {
    /// Open incidents that these units were given an order about and have not refused.
    Map<UnitId, Set<IncidentId>> concerns(Collection<UnitId> units) throws RecordUnavailable;

    void begin(Recording recording, Happening happening) throws RecordUnavailable;

    /// It is of these incidents as well.
    void link(String id, Collection<IncidentId> incidents) throws RecordUnavailable;

    /// @return false when it has ended already; nothing was written
    boolean end(Recording ended, Happening happening) throws RecordUnavailable;

    Optional<Recording> find(String id) throws RecordUnavailable;

    /// Oldest first.
    List<Recording> of(IncidentId incident, int limit) throws RecordUnavailable;

    /// Oldest first.
    List<Recording> of(MediationId mediation, int limit) throws RecordUnavailable;

    /// Those that have no end yet, oldest first.
    List<Recording> running(int limit) throws RecordUnavailable;

    /// Those of this holder, or of none, that have ended, hold something and are not in the object
    /// store, oldest first.
    List<Recording> unstored(String holder, int limit) throws RecordUnavailable;

    /// The object store has it.
    ///
    /// @return false when the record does not know it any more; nothing was written
    boolean stored(String id, Recording.Stored how) throws RecordUnavailable;

    /// Those that the object store has since before, and this holder still keeps, oldest first.
    List<Recording> doubled(Instant before, String holder, int limit) throws RecordUnavailable;

    /// The object store alone has it.
    void leave(String id) throws RecordUnavailable;

    /// Those of this holder or of none, or in the object store since before, that began before and
    /// are of no incident that is held, oldest first.
    List<Recording> old(Instant before, String holder, int limit) throws RecordUnavailable;

    void drop(String id) throws RecordUnavailable;

    /// @return false when it is held already; nothing was written
    boolean hold(Hold hold, Happening happening) throws RecordUnavailable;

    /// @return false when it is not held; nothing was written
    boolean release(IncidentId incident, Happening happening) throws RecordUnavailable;

    Optional<Hold> hold(IncidentId incident) throws RecordUnavailable;

    /// Files of bursts that are of a held incident and began before, as the record calls them.
    Set<String> heldSounds(Instant before) throws RecordUnavailable;
}
