package org.maplebridge.dispatch.redis;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import redis.clients.jedis.Response;

/// Writes a batch of positions and points by one round trip.
///
/// Thread: the shuttle's.
final class PositionWriting {
    private final RedisLink link;
    private final Keys keys;
    private final TrackLimits limits;
    private final InstantSource clock;
    private final LongAdder foreign;

    PositionWriting(
            RedisLink link, Keys keys, TrackLimits limits, InstantSource clock, LongAdder foreign) {
        this.link = link;
        this.keys = keys;
        this.limits = limits;
        this.clock = clock;
        this.foreign = foreign;
    }

    void write(Outgoing.Batch batch) throws TelemetryUnavailable {
        long now = clock.millis();
        var tracks = trackNumbers(batch.points());
        long thrownAway =
                link.carry(client -> {
                    try (var pipeline = client.pipelined()) {
                        var replies = new ArrayList<Response<Object>>();
                        replies.add(
                                pipeline.eval(
                                        Scripts.PUT_POSITIONS,
                                        List.of(keys.positions(), keys.places()),
                                        units(batch.newest(), now)));
                        if (!batch.points().isEmpty()) {
                            replies.add(
                                    pipeline.eval(
                                            Scripts.APPEND_POINTS,
                                            tracks.keySet().stream().map(keys::track).toList(),
                                            points(batch.points(), tracks, now)));
                        }
                        pipeline.sync();
                        return replies.stream().mapToLong(PositionWriting::number).sum();
                    }
                });
        foreign.add(thrownAway);
    }

    private static List<String> units(List<Position> newest, long nowMillis) {
        var arguments = new ArrayList<String>(3 + 5 * newest.size());
        arguments.add(Long.toString(nowMillis + PositionText.AHEAD_MILLIS));
        arguments.add(Integer.toString(Positions.MOST_UNITS));
        arguments.add(Long.toString(SharedPositions.KEPT.toSeconds()));
        for (var position : newest) {
            arguments.add(position.unit().value());
            arguments.add(Long.toString(position.at().toEpochMilli()));
            arguments.add(Double.toString(position.point().longitude()));
            arguments.add(Double.toString(position.point().latitude()));
            arguments.add(PositionText.of(position));
        }
        return arguments;
    }

    private List<String> points(
            List<Position> points, Map<UnitId, Integer> tracks, long nowMillis) {
        var arguments = new ArrayList<String>(4 + 3 * points.size());
        arguments.add(Long.toString(nowMillis + PositionText.AHEAD_MILLIS));
        arguments.add(Integer.toString(limits.pointsOfUnit()));
        arguments.add(Long.toString(nowMillis - limits.age().toMillis()));
        arguments.add(Long.toString(Math.max(1, limits.age().toSeconds())));
        for (var point : points) {
            arguments.add(Integer.toString(tracks.getOrDefault(point.unit(), 1)));
            arguments.add(Long.toString(point.at().toEpochMilli()));
            arguments.add(PositionText.of(point));
        }
        return arguments;
    }

    /// A script counts its keys from one.
    private static Map<UnitId, Integer> trackNumbers(List<Position> points) {
        var numbers = new LinkedHashMap<UnitId, Integer>();
        for (var point : points) {
            numbers.putIfAbsent(point.unit(), numbers.size() + 1);
        }
        return numbers;
    }

    private static long number(Response<Object> reply) {
        return reply.get() instanceof Long number ? number : 0;
    }
}
