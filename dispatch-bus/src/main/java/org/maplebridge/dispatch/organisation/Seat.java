package org.maplebridge.dispatch.organisation;

import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;

/// A desk in a room: what the person sitting there is responsible for.
public record Seat(SeatId id, Name name, Duty duty, NodeId node) {
    /// The five posts of a command room, the duty commander, and a desk made by the room itself.
    public enum Duty {
        COORDINATION,
        ANALYSIS,
        TRANSFER_SUPERVISION,
        APPRAISAL,
        EMERGENCY,
        DUTY_COMMANDER,
        CUSTOM
    }
}
