package org.maplebridge.dispatch.organisation;

import java.util.Set;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;

/// Units that talk together.
///
/// @param node whose tree sees it beside its members
public record TalkGroup(GroupId id, Name name, Kind kind, NodeId node, Set<UnitId> members) {
    public TalkGroup {
        members = Set.copyOf(members);
    }

    /// What a group is for. In this order a session with few voice slots listens to the groups it
    /// is a member of: the one that is used most, the one that must reach everybody, what was made
    /// for an operation, and then the rest.
    public enum Kind {
        /// A town with all its units, its room and the rooms paired with it.
        TOWN,
        /// Everybody in the county who has ears.
        COUNTY,
        /// Made for an incident; closes with it.
        INCIDENT,
        /// Made for as long as it is needed.
        AD_HOC,
        /// A town room and one police room that it works with.
        PAIR,
        /// Units of one trade: a town's patrols, the county's mediators.
        TEAM,
        /// A joint work station with its units and its town's room.
        STATION;

        /// Whether it was made by people and does not follow from the organisation.
        public boolean isMade() {
            return this == INCIDENT || this == AD_HOC;
        }
    }
}
