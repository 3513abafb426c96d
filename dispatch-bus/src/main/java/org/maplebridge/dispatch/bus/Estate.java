package org.maplebridge.dispatch.bus;

import java.util.List;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;

/// What a session leaves to its successor on another node: that which its client does not say again
/// by itself.
///
/// @param member where it is, or was when its node died
/// @param groups it listens to, in the order in which it came to them
public record Estate(
        MemberId member, SessionId session, UserId user, boolean terminal, List<GroupId> groups) {
    /// Above what all voice slots and the made groups that wait for one come to.
    public static final int MOST_GROUPS = 64;

    public Estate {
        groups = List.copyOf(groups.size() > MOST_GROUPS ? groups.subList(0, MOST_GROUPS) : groups);
    }
}
