package org.maplebridge.dispatch.redis;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.maplebridge.dispatch.telemetry.TrackLimits;

/// Reads the points that all nodes wrote.
///
/// Thread: any, immutable.
final class SharedTracks {
    private final RedisLink link;
    private final Keys keys;
    private final TrackLimits limits;
    private final InstantSource clock;
    private final LongAdder foreign;

    SharedTracks(
            RedisLink link, Keys keys, TrackLimits limits, InstantSource clock, LongAdder foreign) {
        this.link = link;
        this.keys = keys;
        this.limits = limits;
        this.clock = clock;
        this.foreign = foreign;
    }

    List<Position> between(UnitId unit, Instant from, Instant to, int limit)
            throws TelemetryUnavailable {
        var now = clock.instant();
        var first = later(from, now.minus(limits.age()));
        var last = earlier(to, now.plusMillis(PositionText.AHEAD_MILLIS));
        if (first.isAfter(last) || limit < 1) {
            return List.of();
        }
        var entries =
                link.ask(client ->
                        client.xrange(
                                keys.track(unit),
                                Long.toString(first.plusNanos(999_999).toEpochMilli()),
                                Long.toString(last.toEpochMilli()),
                                Math.min(limit, limits.pointsOfUnit())));
        var points = new ArrayList<Position>(entries.size());
        for (var entry : entries) {
            var point =
                    PositionText.read(unit, entry.getFields().get("p"), now.toEpochMilli())
                            .filter(read -> read.at().toEpochMilli() == entry.getID().getTime());
            point.ifPresentOrElse(points::add, foreign::increment);
        }
        return points;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
