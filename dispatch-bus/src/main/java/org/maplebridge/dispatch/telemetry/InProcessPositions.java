package org.maplebridge.dispatch.telemetry;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// Positions in this process's memory: right for a single node, whose few thousand units are
/// searched faster one by one than an index is kept.
///
/// Thread: any, guarded by the map.
public final class InProcessPositions implements Positions {
    private final Map<UnitId, Position> last = new ConcurrentHashMap<>();

    @Override
    public void report(Position position) {
        last.merge(
                position.unit(),
                position,
                (known, told) -> told.at().isBefore(known.at()) ? known : told);
    }

    @Override
    public Optional<Position> of(UnitId unit) {
        return Optional.ofNullable(last.get(unit));
    }

    @Override
    public List<Position> nearest(GeoPoint to, double withinMetres, int limit) {
        record Found(Position position, double metres) {}
        return last.values().stream()
                .map(position -> new Found(position, position.point().metresTo(to)))
                .filter(found -> found.metres() <= withinMetres)
                .sorted(Comparator.comparingDouble(Found::metres))
                .limit(limit)
                .map(Found::position)
                .toList();
    }
}
