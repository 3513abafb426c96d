package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
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
        if (last.size() > MOST_UNITS) {
            forgetWhoWasSilentLongest(position.unit());
        }
    }

    @Override
    public Optional<Position> of(UnitId unit) {
        return Optional.ofNullable(last.get(unit));
    }

    @Override
    public List<Position> all() {
        return List.copyOf(last.values());
    }

    @Override
    public List<Near> nearest(GeoPoint to, double withinMetres, int limit, Instant since) {
        return last.values().stream()
                .filter(position -> !position.at().isBefore(since))
                .map(position -> Near.of(position, to))
                .filter(near -> near.metres() <= withinMetres)
                .sorted(Comparator.comparingDouble(Near::metres))
                .limit(limit)
                .toList();
    }

    private void forgetWhoWasSilentLongest(UnitId butNot) {
        last.values().stream()
                .filter(position -> !position.unit().equals(butNot))
                .min(Comparator.comparing(Position::at))
                .ifPresent(oldest -> last.remove(oldest.unit(), oldest));
    }
}
