package org.maplebridge.dispatch.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;

/// What waits to be written: of each unit the newest position only, of tracks every point, up to a
/// bound beyond which the oldest are given up and counted.
///
/// Thread: any, guarded by this.
final class Outgoing {
    /// 80 seconds of 1,500 units that all drive, in 14 MB.
    static final int MOST_POINTS = 120_000;

    /// Written at once, so that Redis is busy with us for a few milliseconds at a time.
    static final int UNITS_IN_A_BATCH = 500;

    static final int POINTS_IN_A_BATCH = 1_000;

    private final Map<UnitId, Position> newest = new LinkedHashMap<>();
    private final ArrayDeque<Position> points = new ArrayDeque<>();
    private long lost;

    record Batch(List<Position> newest, List<Position> points) {
        boolean isEmpty() {
            return newest.isEmpty() && points.isEmpty();
        }
    }

    synchronized void position(Position position) {
        if (newest.size() < Positions.MOST_UNITS || newest.containsKey(position.unit())) {
            newest.merge(
                    position.unit(),
                    position,
                    (known, told) -> told.at().isBefore(known.at()) ? known : told);
        }
    }

    synchronized void point(Position position) {
        if (points.size() >= MOST_POINTS) {
            points.removeFirst();
            lost++;
        }
        points.addLast(position);
    }

    synchronized Batch take() {
        var units = new ArrayList<Position>();
        var waiting = newest.values().iterator();
        while (waiting.hasNext() && units.size() < UNITS_IN_A_BATCH) {
            units.add(waiting.next());
            waiting.remove();
        }
        var some = new ArrayList<Position>();
        while (!points.isEmpty() && some.size() < POINTS_IN_A_BATCH) {
            some.add(points.removeFirst());
        }
        return new Batch(units, some);
    }

    /// It could not be written, or that is not known.
    synchronized void putBack(Batch batch) {
        batch.newest().forEach(this::position);
        for (var point : batch.points().reversed()) {
            if (points.size() < MOST_POINTS) {
                points.addFirst(point);
            } else {
                lost++;
            }
        }
    }

    synchronized long lost() {
        return lost;
    }
}
