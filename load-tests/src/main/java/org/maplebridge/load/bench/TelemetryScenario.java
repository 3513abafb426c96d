package org.maplebridge.load.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.redis.RedisSettings;
import org.maplebridge.dispatch.redis.RedisTelemetry;
import org.maplebridge.dispatch.telemetry.InProcessTelemetry;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import org.maplebridge.load.ground.RedisServer;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.load.measure.ProcessFigures;

/// A county of units on the move reports once a second, in process and through Redis: what does
/// that cost, and how long does a search for the nearest take meanwhile?
///
/// Thread: the benchmark's own; reports go on on a thread of theirs while it searches.
final class TelemetryScenario {
    static final int UNITS = 1_500;

    /// The county is 40 km wide, the search 2 km.
    private static final GeoPoint MIDDLE = new GeoPoint(28.37, 121.36);

    private static final double HALF_DEGREES = 0.2;
    private static final double WITHIN_METRES = 2_000;
    private static final int NEAREST = 5;
    private static final int PARTS_OF_SECOND = 20;
    private static final int POINTS_TO_WEIGH = 200;

    private final boolean quick;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(20_261_128);
    private final List<UnitId> units = new ArrayList<>();
    private volatile boolean reporting;

    TelemetryScenario(boolean quick) {
        this.quick = quick;
        for (int i = 0; i < UNITS; i++) {
            units.add(new UnitId("unit-" + i));
        }
    }

    /// By key, in the order in which they were measured.
    Map<String, Double> figures() {
        return Collections.unmodifiableMap(figures);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    void run() throws IOException {
        try (var telemetry =
                new InProcessTelemetry(
                        TrackLimits.STANDARD,
                        Telemetry.CLAIM_AFTER,
                        InstantSource.system(),
                        System::nanoTime)) {
            measure("process", telemetry, null);
        }
        if (!RedisServer.isInstalled()) {
            faults.add("no redis-server is installed: measured in process only");
            return;
        }
        try (var redis = RedisServer.start("127.0.0.1");
                var telemetry =
                        RedisTelemetry.start(
                                RedisSettings.of(redis.url(), List.of(), "maplebridge", "bench"),
                                TrackLimits.STANDARD,
                                Telemetry.CLAIM_AFTER,
                                InstantSource.system())) {
            measure("redis", telemetry, redis);
            weigh(telemetry, redis);
            if (telemetry.reach() != Telemetry.Reach.SHARED || telemetry.lost() > 0) {
                faults.add("Redis was away meanwhile, or points were lost");
            }
        }
    }

    private void measure(String store, Telemetry telemetry, @Nullable RedisServer redis)
            throws IOException {
        System.err.println("measuring telemetry: " + store);
        var delays = new DelayHistogram();
        reporting = true;
        var reporter = Thread.ofPlatform().name("reporter").start(() -> report(telemetry, delays));
        sleep(quick ? 10_000 : 30_000); // until the compiler has little left to do
        var own = new ProcessFigures(ProcessHandle.current().pid());
        int seconds = quick ? 15 : 60;
        long before = own.cpuNanos();
        long redisBefore = redis == null ? 0 : new ProcessFigures(redis.pid()).cpuNanos();
        sleep(seconds * 1_000);
        percentOfCore(store + "_node_cpu_pct", own.cpuNanos() - before, seconds);
        if (redis != null) {
            percentOfCore(
                    store + "_server_cpu_pct",
                    new ProcessFigures(redis.pid()).cpuNanos() - redisBefore,
                    seconds);
        }
        search(store, telemetry, quick ? 2_000 : 20_000);
        reporting = false;
        join(reporter);
        figures.put(store + "_report_p50_us", delays.percentileMicros(0.5));
        figures.put(store + "_report_p99_us", delays.percentileMicros(0.99));
    }

    private void percentOfCore(String key, long nanos, int seconds) {
        figures.put(key, nanos / 1e7 / seconds);
    }

    /// Every unit once a second, evenly spread over it.
    private void report(Telemetry telemetry, DelayHistogram delays) {
        var places = new ArrayList<GeoPoint>();
        units.forEach(_ -> places.add(somewhere()));
        long due = System.nanoTime();
        for (int part = 0; reporting; part = (part + 1) % PARTS_OF_SECOND) {
            for (int unit = part; unit < UNITS; unit += PARTS_OF_SECOND) {
                var from = places.get(unit);
                var to = new GeoPoint(from.latitude() + 1e-4, from.longitude());
                places.set(unit, to.latitude() > MIDDLE.latitude() + 1 ? MIDDLE : to);
                var position = new Position(units.get(unit), to, 8.5, Instant.now());
                long before = System.nanoTime();
                telemetry.positions().report(position);
                telemetry.tracks().append(position);
                delays.record(System.nanoTime() - before);
            }
            due += 1_000_000_000L / PARTS_OF_SECOND;
            sleep((int) Math.max(0, (due - System.nanoTime()) / 1_000_000));
        }
    }

    private void search(String store, Telemetry telemetry, int searches) {
        var delays = new DelayHistogram();
        long found = 0;
        for (int i = -searches / 4; i < searches; i++) {
            var to = somewhere();
            var since = Instant.now().minus(Duration.ofMinutes(5));
            long before = System.nanoTime();
            found += telemetry.positions().nearest(to, WITHIN_METRES, NEAREST, since).size();
            if (i >= 0) {
                delays.record(System.nanoTime() - before);
            }
        }
        if (found == 0) {
            faults.add(store + ": no search found anybody");
        }
        figures.put(store + "_nearest_p50_us", delays.percentileMicros(0.5));
        figures.put(store + "_nearest_p99_us", delays.percentileMicros(0.99));
    }

    /// How much memory of Redis a point of a track takes.
    private void weigh(Telemetry telemetry, RedisServer redis) throws IOException {
        long before = redis.usedBytes();
        var begin = Instant.now();
        for (int point = 0; point < POINTS_TO_WEIGH; point++) {
            for (int unit = 0; unit < UNITS; unit++) {
                telemetry
                        .tracks()
                        .append(
                                new Position(
                                        units.get(unit),
                                        somewhere(),
                                        8.5,
                                        begin.plusMillis(point)));
            }
            sleep(200); // as fast as the shuttle carries them off
        }
        sleep(3_000);
        double points = (double) POINTS_TO_WEIGH * UNITS;
        figures.put("redis_bytes_per_point", (redis.usedBytes() - before) / points);
        figures.put("redis_rss_mb", new ProcessFigures(redis.pid()).residentMebibytes());
    }

    private GeoPoint somewhere() {
        synchronized (random) {
            return new GeoPoint(
                    MIDDLE.latitude() + random.nextDouble(-HALF_DEGREES, HALF_DEGREES),
                    MIDDLE.longitude() + random.nextDouble(-HALF_DEGREES, HALF_DEGREES));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
