package org.maplebridge.dispatch.organisation;

import java.util.Set;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;

/// Units that talk together.
public record TalkGroup(GroupId id, Name name, Kind kind, NodeId node, Set<UnitId> members) {
    public TalkGroup {
        members = Set.copyOf(members);
    }

    public enum Kind {
        /// A town with all its units, its room and the rooms paired with it.
        TOWN
    }
}
