package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.MadeGroup;

/// Talk groups that people made, and groups that they joined. State and journal change in one
/// transaction. What was closed or parted stays known, so that a repeated message opens nothing
/// again.
public interface MadeGroupStore {
    /// What became of something that was to be kept.
    enum Keeping {
        KEPT,
        /// The same was kept before, and may be over since; nothing was written.
        REPEATED,
        /// The id stands for something else; nothing was written.
        CONFLICT
    }

    Keeping make(MadeGroup group, Happening happening) throws RecordUnavailable;

    /// @return false when there is no such group, or it is closed already
    boolean close(GroupId id, Instant at, Happening happening) throws RecordUnavailable;

    /// @return the group, a closed one too
    Optional<MadeGroup> find(GroupId id) throws RecordUnavailable;

    /// Those that are not closed, oldest first.
    List<MadeGroup> open() throws RecordUnavailable;

    Keeping join(GroupPatch patch, Happening happening) throws RecordUnavailable;

    /// @return false when there is no such patch, or it is parted already
    boolean part(CallId patch, Instant at, Happening happening) throws RecordUnavailable;

    /// @return the patch, a parted one too
    Optional<GroupPatch> findPatch(CallId id) throws RecordUnavailable;

    /// Those that are not parted, oldest first.
    List<GroupPatch> patches() throws RecordUnavailable;
}
