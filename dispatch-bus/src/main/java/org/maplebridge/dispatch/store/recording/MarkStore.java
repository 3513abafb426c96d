package org.maplebridge.dispatch.store.recording;

import java.util.List;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.recording.Mark;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Marks for the review. State and journal change in one transaction.
public interface MarkStore {
    /// What became of a mark that was to be kept.
    enum Keeping {
        KEPT,
        /// The same was kept before, and may be taken back since; nothing was written.
        REPEATED,
        /// The id stands for something else; nothing was written.
        CONFLICT,
        /// The incident has as many as it may.
        TOO_MANY
    }

    /// @param most of one incident; the bound may be passed by a few when many write at once
    Keeping keep(Mark mark, int most, Happening happening) throws RecordUnavailable;

    /// @return false when there is none of this id in the incident, or it was taken back already
    boolean remove(IncidentId incident, String id, UserId by, Happening happening)
            throws RecordUnavailable;

    /// Those that were not taken back, by the moment that they are about.
    List<Mark> of(IncidentId incident, int limit) throws RecordUnavailable;
}
