package org.maplebridge.load.incidents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.telemetry.InProcessTelemetry;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.county.County;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.ground.RedisServer;
import org.maplebridge.load.measure.DelayHistogram;
import org.maplebridge.load.measure.ProcessFigures;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.protocol.ServerMessage.PositionNews.PositionsChanged;

/// All of a county's units say where they are, over sessions of their own, and somebody looks for
/// the nearest: with positions in the node's memory, and shared through Redis.
///
/// Pages find the nearest among the positions that they were told; no interface of the node
/// searches. What is measured is the search that the telemetry store offers nodes: in memory, over
/// the same positions, in this process; and in Redis, over those that the node under load wrote.
final class NearestPart implements Part {
    private static final double WITHIN_METRES = 2_000;
    private static final int NEAREST = 5;
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final double LATE_MS = 250;

    @Override
    public String name() {
        return "nearest";
    }

    @Override
    public void play(Plan plan, Path folder, Findings findings) throws IOException {
        double worst;
        try (var memory =
                new InProcessTelemetry(
                        TrackLimits.STANDARD,
                        Telemetry.CLAIM_AFTER,
                        InstantSource.system(),
                        System::nanoTime)) {
            worst = measure(plan, folder, memory, null, findings);
        }
        if (!RedisServer.isInstalled()) {
            findings.fault("no redis-server is installed: the nearest were searched in memory");
        } else {
            try (var redis = RedisServer.start("127.0.0.1");
                    var shared = AlarmsPart.telemetry(redis)) {
                worst = Math.max(worst, measure(plan, folder, shared, redis, findings));
            }
        }
        findings.figure("nearest_p99_ms", worst);
    }

    /// @param telemetry that is searched
    /// @return p99 of a search, in milliseconds
    private static double measure(
            Plan plan,
            Path folder,
            Telemetry telemetry,
            @Nullable RedisServer redis,
            Findings findings)
            throws IOException {
        var key = redis == null ? "process_" : "redis_";
        var home = Files.createDirectories(folder.resolve(key));
        Set<String> told = ConcurrentHashMap.newKeySet();
        try (var node = NodeProcess.start(home, "-Xmx1g", properties(plan, redis));
                var county = new County(node, plan.units(), 1)) {
            county.signIn();
            county.arrive(plan.units());
            var token = county.door().signIn("city", node.password());
            try (var console =
                            Handheld.arrive(
                                    county.door(),
                                    "city",
                                    token,
                                    Device.CONSOLE,
                                    (message, _) -> hear(message, told));
                    var patrol =
                            new Patrol(
                                    county.present(),
                                    plan.seed(),
                                    redis == null ? both(telemetry) : _ -> {})) {
                LockSupport.parkNanos(SETTLE_NANOS);
                double worst = measure(key, plan, telemetry, redis, node, patrol, findings);
                console.signalling().ping();
                judge(key, plan, told, county, patrol, findings);
                return worst;
            }
        }
    }

    private static String[] properties(Plan plan, @Nullable RedisServer redis) {
        var handhelds = "--maplebridge.demo.handhelds=" + plan.units();
        return redis == null
                ? new String[] {handhelds}
                : new String[] {handhelds, "--maplebridge.redis.url=" + redis.url()};
    }

    private static Consumer<Position> both(Telemetry telemetry) {
        return position -> {
            telemetry.positions().report(position);
            telemetry.tracks().append(position);
        };
    }

    private static void hear(ServerMessage message, Set<String> told) {
        if (message instanceof PositionsChanged news) {
            news.positions().forEach(position -> told.add(position.unit()));
        }
    }

    private static double measure(
            String key,
            Plan plan,
            Telemetry telemetry,
            @Nullable RedisServer redis,
            NodeProcess node,
            Patrol patrol,
            Findings findings)
            throws IOException {
        var nodes = new ProcessFigures(node.pid());
        var own = new ProcessFigures(ProcessHandle.current().pid());
        long began = System.nanoTime();
        long nodeCpu = nodes.cpuNanos();
        long ownCpu = own.cpuNanos();
        long redisCpu = redis == null ? 0 : new ProcessFigures(redis.pid()).cpuNanos();
        long said = patrol.said();
        var waits = search(plan, telemetry, findings);
        double seconds = (System.nanoTime() - began) / 1e9;
        findings.figure(key + "reports_per_s", (patrol.said() - said) / seconds);
        findings.figure(key + "node_cpu_pct", (nodes.cpuNanos() - nodeCpu) / 1e7 / seconds);
        findings.figure(key + "generator_cpu_pct", (own.cpuNanos() - ownCpu) / 1e7 / seconds);
        if (redis != null) {
            long after = new ProcessFigures(redis.pid()).cpuNanos();
            findings.figure(key + "server_cpu_pct", (after - redisCpu) / 1e7 / seconds);
        }
        findings.figure(key + "nearest_p50_ms", waits.percentileMicros(0.5) / 1_000);
        double worst = waits.percentileMicros(0.99) / 1_000;
        findings.figure(key + "nearest_p99_ms", worst);
        return worst;
    }

    private static DelayHistogram search(Plan plan, Telemetry telemetry, Findings findings) {
        var random = new SplittableRandom(plan.seed());
        var waits = new DelayHistogram();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.reportingSeconds());
        long found = 0;
        while (System.nanoTime() - end < 0) {
            var to = Patrol.somewhere(random);
            var since = Instant.now().minus(Duration.ofMinutes(5));
            long before = System.nanoTime();
            found += telemetry.positions().nearest(to, WITHIN_METRES, NEAREST, since).size();
            waits.record(System.nanoTime() - before);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (found == 0) {
            findings.fault("no search found anybody");
        }
        return waits;
    }

    private static void judge(
            String key,
            Plan plan,
            Set<String> told,
            County county,
            Patrol patrol,
            Findings findings) {
        findings.figure(key + "units_told", told.size());
        findings.figure(key + "reports_late_p99_ms", patrol.latenessMillis(0.99));
        if (told.size() < plan.units()) {
            findings.fault(
                    key
                            + "console was told of %d of %d units"
                                    .formatted(told.size(), plan.units()));
        }
        if (!county.lost().isEmpty()) {
            findings.fault(key + "sessions were lost: " + county.lost());
        }
        if (patrol.latenessMillis(0.99) > LATE_MS) {
            findings.fault(
                    key
                            + "reports left up to %.0f ms late: the generator was too slow"
                                    .formatted(patrol.latenessMillis(0.99)));
        }
    }
}
