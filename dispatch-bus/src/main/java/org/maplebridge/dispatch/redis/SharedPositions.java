package org.maplebridge.dispatch.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Near;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import redis.clients.jedis.params.ScanParams;

/// Reads where all nodes' units are, and clears away what is old or not ours.
///
/// Thread: any, immutable.
final class SharedPositions {
    /// Longer than anybody is shown a position.
    static final Duration KEPT = Duration.ofDays(2);

    private static final int PAGE = 1_000;
    private static final int MOST_CLEARED = 200;

    /// Redis takes the earth for a thousandth bigger and keeps places to a metre: searched a little
    /// wider, measured again.
    private static final double WIDER = 1.002;

    private static final double WIDER_METRES = 2;

    private final RedisLink link;
    private final Keys keys;
    private final InstantSource clock;
    private final LongAdder foreign;

    SharedPositions(RedisLink link, Keys keys, InstantSource clock, LongAdder foreign) {
        this.link = link;
        this.keys = keys;
        this.clock = clock;
        this.foreign = foreign;
    }

    /// Thread: the shuttle's.
    List<Position> all() throws TelemetryUnavailable {
        long now = clock.millis();
        var found = new ArrayList<Position>();
        var unusable = new ArrayList<String>();
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            String from = cursor;
            var page =
                    link.carry(client ->
                            client.hscan(keys.positions(), from, new ScanParams().count(PAGE)));
            for (var entry : page.getResult()) {
                sort(entry, now, found, unusable);
            }
            cursor = page.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START)
                && found.size() < Positions.MOST_UNITS);
        clear(unusable);
        return found;
    }

    List<Near> nearest(GeoPoint to, double withinMetres, int limit, Instant since)
            throws TelemetryUnavailable {
        long now = clock.millis();
        Object answer =
                link.ask(client ->
                        client.eval(
                                Scripts.NEAREST,
                                List.of(keys.positions(), keys.places()),
                                List.of(
                                        Double.toString(to.longitude()),
                                        Double.toString(to.latitude()),
                                        Double.toString(withinMetres * WIDER + WIDER_METRES),
                                        Long.toString(since.toEpochMilli()),
                                        Long.toString(now + PositionText.AHEAD_MILLIS),
                                        Integer.toString(limit))));
        var near = new ArrayList<Near>();
        if (answer instanceof List<?> parts) {
            for (int i = 0; i + 1 < parts.size(); i += 2) {
                read(String.valueOf(parts.get(i)), String.valueOf(parts.get(i + 1)), now)
                        .map(position -> Near.of(position, to))
                        .filter(found -> found.metres() <= withinMetres)
                        .ifPresent(near::add);
            }
        }
        near.sort(Comparator.comparingDouble(Near::metres));
        return List.copyOf(near);
    }

    private void sort(
            Map.Entry<String, String> entry,
            long nowMillis,
            List<Position> found,
            List<String> unusable) {
        Optional<Position> position = read(entry.getKey(), entry.getValue(), nowMillis);
        if (position.isEmpty()) {
            foreign.increment();
        }
        boolean isUsed =
                position.filter(known -> known.at().toEpochMilli() >= nowMillis - KEPT.toMillis())
                        .map(found::add)
                        .isPresent();
        if (!isUsed && unusable.size() < 2 * MOST_CLEARED) {
            unusable.add(entry.getKey());
            unusable.add(entry.getValue());
        }
    }

    private void clear(List<String> unusable) throws TelemetryUnavailable {
        if (!unusable.isEmpty()) {
            link.carry(client ->
                    client.eval(
                            Scripts.FORGET_POSITIONS,
                            List.of(keys.positions(), keys.places()),
                            unusable));
        }
    }

    private static Optional<Position> read(String unit, String line, long nowMillis) {
        return Ids.isValid(unit)
                ? PositionText.read(new UnitId(unit), line, nowMillis)
                : Optional.empty();
    }
}
