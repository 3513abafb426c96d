package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// Where a unit was.
///
/// @param accuracyMetres radius the unit is in with 68 % certainty; absent when nobody says
public record Position(UnitId unit, GeoPoint point, @Nullable Double accuracyMetres, Instant at) {}
