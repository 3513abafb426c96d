package org.maplebridge.dispatch.organisation;

import java.time.Instant;
import java.util.Set;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.UserId;

/// Groups that are joined for a while: what is said in one is heard in all.
///
/// @param id chosen by who joined them; the conversation that serves them all has the same
public record GroupPatch(CallId id, Set<GroupId> groups, UserId by, Instant at) {
    public static final int MIN_GROUPS = 2;
    public static final int MAX_GROUPS = 8;

    public GroupPatch {
        groups = Set.copyOf(groups);
        if (groups.size() < MIN_GROUPS || groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException(groups.size() + " groups");
        }
    }

    /// Whether joining `other` under the same id is a repeat of this and not another one.
    public boolean isRepeatedBy(GroupPatch other) {
        return id.equals(other.id) && groups.equals(other.groups) && by.equals(other.by);
    }
}
