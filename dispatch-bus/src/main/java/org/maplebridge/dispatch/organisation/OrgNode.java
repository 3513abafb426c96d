package org.maplebridge.dispatch.organisation;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;

/// One place of the command tree. Only the city centre has no parent.
public record OrgNode(NodeId id, Name name, Kind kind, @Nullable NodeId parent) {
    public enum Kind {
        /// City governance centre: the root.
        CENTRE,
        /// Town command room; everything below it is the town's own tree.
        TOWN,
        /// Command room of a police station, paired with one or more towns.
        POLICE_ROOM,
        /// A department of the county that rooms call in.
        AGENCY,
        /// Joint work station of a town.
        STATION,
        VILLAGE,
        GRID
    }
}
