package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// Where a unit was.
///
/// @param accuracyMetres radius the unit is in with 68 % certainty
public record Position(UnitId unit, GeoPoint point, double accuracyMetres, Instant at) {}
