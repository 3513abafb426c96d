package org.maplebridge.dispatch.redis;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.InProcessTracks;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.maplebridge.dispatch.telemetry.Tracks;

/// Tracks that the nodes share. What this node saw itself stays in its memory too, for as long as
/// there is room, and fills the gap that an absence of Redis leaves.
///
/// Thread: any.
final class MirroredTracks implements Tracks {
    private final InProcessTracks memory;
    private final Outgoing outgoing;
    private final SharedTracks shared;

    MirroredTracks(InProcessTracks memory, Outgoing outgoing, SharedTracks shared) {
        this.memory = memory;
        this.outgoing = outgoing;
        this.shared = shared;
    }

    @Override
    public void append(Position position) {
        memory.append(position);
        outgoing.point(position);
    }

    @Override
    public List<Position> between(UnitId unit, Instant from, Instant to, int limit) {
        var own = memory.between(unit, from, to, limit);
        try {
            var points = new TreeMap<Instant, Position>();
            own.forEach(point -> points.put(point.at(), point));
            shared.between(unit, from, to, limit).forEach(p -> points.put(p.at(), p));
            return points.values().stream().limit(limit).toList();
        } catch (TelemetryUnavailable _) {
            return own;
        }
    }
}
