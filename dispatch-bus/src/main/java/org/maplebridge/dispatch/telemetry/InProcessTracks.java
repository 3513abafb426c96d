package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UnitId;

/// Tracks in this process's memory, bounded for each unit and for all together.
///
/// Thread: any; each unit's points are guarded by their trail.
public final class InProcessTracks implements Tracks {
    private final TrackLimits limits;
    private final InstantSource clock;
    private final Map<UnitId, Trail> trails = new ConcurrentHashMap<>();
    private final AtomicInteger points = new AtomicInteger();

    public InProcessTracks(TrackLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void append(Position position) {
        if (trails.size() >= Positions.MOST_UNITS && !trails.containsKey(position.unit())) {
            return;
        }
        var trail = trails.computeIfAbsent(position.unit(), _ -> new Trail());
        synchronized (trail) {
            if (position.at().toEpochMilli() <= trail.lastMillis()) {
                return;
            }
            points.addAndGet(-trail.dropBefore(oldest().toEpochMilli()));
            boolean full = trail.size() >= limits.pointsOfUnit() || points.get() >= limits.points();
            if (full && trail.size() > 0) {
                trail.dropFirst();
                points.decrementAndGet();
            }
            trail.add(position);
            points.incrementAndGet();
        }
    }

    @Override
    public List<Position> between(UnitId unit, Instant from, Instant to, int limit) {
        var found = new ArrayList<Position>();
        @Nullable Trail trail = trails.get(unit);
        if (trail == null) {
            return found;
        }
        var since = from.isBefore(oldest()) ? oldest() : from;
        synchronized (trail) {
            int index = trail.indexFrom(millisFrom(since));
            while (index < trail.size() && found.size() < limit) {
                var position = trail.at(index++, unit);
                if (position.at().isAfter(to)) {
                    break;
                }
                found.add(position);
            }
        }
        return found;
    }

    private Instant oldest() {
        return clock.instant().minus(limits.age());
    }

    /// The first whole millisecond that is not before.
    private static long millisFrom(Instant instant) {
        return instant.plusNanos(999_999).toEpochMilli();
    }
}
