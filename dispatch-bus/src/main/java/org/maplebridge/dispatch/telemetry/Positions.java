package org.maplebridge.dispatch.telemetry;

import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// Last known positions. An older report never replaces a newer one.
public interface Positions {
    void report(Position position);

    Optional<Position> of(UnitId unit);

    /// Nearest first.
    List<Position> nearest(GeoPoint to, double withinMetres, int limit);
}
