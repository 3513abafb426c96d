package org.maplebridge.dispatch.mediation.consultation;

import java.util.HashSet;
import java.util.List;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

/// Who is called together by one press in one town, such as its three leaders (铁三角).
///
/// Pure, immutable.
///
/// @param id the same in all towns that have it
/// @param members by account, in the order in which they are shown
public record Preset(String id, Name name, NodeId town, List<UserId> members) {
    /// With who calls them they fit into one room of a table.
    public static final int MOST_MEMBERS = 7;

    public Preset {
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException("has no id");
        }
        members = List.copyOf(members);
        if (members.size() < 2 || members.size() > MOST_MEMBERS) {
            throw new IllegalArgumentException(
                    id
                            + " of "
                            + town
                            + " has "
                            + members.size()
                            + " members, not 2 to "
                            + MOST_MEMBERS);
        }
        if (new HashSet<>(members).size() < members.size()) {
            throw new IllegalArgumentException(id + " of " + town + " names somebody twice");
        }
    }
}
