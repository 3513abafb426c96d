package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
import java.util.List;
import org.maplebridge.dispatch.model.UnitId;

/// The way each unit took, point by point, for as long as [TrackLimits] say.
///
/// A track grows forwards only: a point that is not later than the last one is left out, so that
/// saying it again is harmless. Places are kept to a centimetre, times to a millisecond.
public interface Tracks {
    /// Waits for nobody.
    void append(Position position);

    /// Points from one instant to another, both included, in their order. When there are more than
    /// the limit, the first ones; the next question begins behind the last of them.
    ///
    /// Asks what the nodes share, which may take some hundred milliseconds; when that is away, what
    /// this node saw itself.
    List<Position> between(UnitId unit, Instant from, Instant to, int limit);
}
