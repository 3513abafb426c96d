package org.maplebridge.dispatch.organisation;

import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;

/// Something of a node that can be called, watched or sent.
public record Unit(UnitId id, Name name, Kind kind, NodeId node) {
    public enum Kind {
        CAR,
        HANDHELD,
        ROOM,
        POLICE_ROOM,
        AGENCY,
        STATION,
        MEDIATOR,
        CENTRE,
        CAMERA;

        /// Rooms command; everything else is commanded.
        public boolean isRoom() {
            return this == ROOM || this == POLICE_ROOM || this == AGENCY || this == CENTRE;
        }

        /// Whether somebody there can be talked to; a camera only looks.
        public boolean hasEars() {
            return this != CAMERA;
        }
    }
}
