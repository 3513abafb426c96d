package org.maplebridge.dispatch.order;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UserId;

/// Who placed an order, and from where.
public record Author(UserId user, NodeId node, @Nullable SeatId seat) {}
