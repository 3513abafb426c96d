package org.maplebridge.dispatch.incident;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UserId;

/// Who acts, from which seat, and what they may.
///
/// @param node where the seat is
/// @param leads whether a room is the seat's own or below it
/// @param highest whether the seat is the county's centre
public record Actor(
        UserId user,
        @Nullable SeatId seat,
        NodeId node,
        boolean commands,
        boolean supervises,
        Predicate<NodeId> leads,
        boolean highest) {}
