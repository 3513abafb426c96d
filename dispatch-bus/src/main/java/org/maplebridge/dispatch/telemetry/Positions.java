package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// Last known positions, of units at all nodes. An older report never replaces a newer one.
///
/// Whoever asks is never refused: when what the nodes share is away, each answers with what it
/// knows itself. [#report], [#of] and [#all] wait for nobody; [#nearest] waits some milliseconds at
/// most.
public interface Positions {
    /// Far more than a county has. Who would be one too many takes the place of who was silent
    /// longest.
    int MOST_UNITS = 20_000;

    void report(Position position);

    Optional<Position> of(UnitId unit);

    /// All units, in no order.
    List<Position> all();

    /// Nearest first.
    ///
    /// @param since who has been silent for longer is not looked at: a car that was near yesterday
    ///   helps nobody
    List<Near> nearest(GeoPoint to, double withinMetres, int limit, Instant since);
}
