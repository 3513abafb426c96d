package org.maplebridge.dispatch.order;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;

/// Where an order leads: the place of its incident, as the record has it when the order is read.
/// Whoever is ordered there is told no more of the incident than this.
///
/// @param place as people say it
/// @param point WGS 84; absent where nobody has said it
public record Destination(String place, @Nullable GeoPoint point) {}
