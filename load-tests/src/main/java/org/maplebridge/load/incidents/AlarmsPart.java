package org.maplebridge.load.incidents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.redis.RedisSettings;
import org.maplebridge.dispatch.redis.RedisTelemetry;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.ground.PostgresServer;
import org.maplebridge.load.ground.RedisServer;
import org.maplebridge.load.measure.ProcessFigures;

/// A storm of device alarms, half by REST and half by the store's stream, while a console works.
final class AlarmsPart implements Part {
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long CATCH_UP_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// Alarms that leave later than this were not sent at the rate that was promised.
    private static final double LATE_MS = 500;

    static final String STREAM = "maplebridge:{county}:alarms";

    @Override
    public String name() {
        return "alarms";
    }

    @Override
    public void play(Plan plan, Path folder, Findings findings) throws IOException {
        if (!RedisServer.isInstalled()) {
            throw new IOException("the alarm stream needs a redis-server");
        }
        int lost = storm(plan, folder.resolve("h2"), false, findings);
        if (!plan.quick() && PostgresServer.isInstalled()) {
            lost += storm(plan, folder.resolve("postgres"), true, findings);
        }
        findings.figure("alarms_lost", lost);
    }

    /// @return how many were lost
    private static int storm(Plan plan, Path home, boolean postgres, Findings findings)
            throws IOException {
        Files.createDirectories(home);
        try (var storage = postgres ? Storage.postgres() : Storage.h2(home)) {
            int count = Plan.ALARMS_A_MINUTE * plan.alarmSeconds() / 60;
            var alarms = DeviceAlarm.many(count, plan.seed(), storage.name());
            AlarmGateway gateway;
            try (var redis = RedisServer.start("127.0.0.1")) {
                gateway = storm(plan, home, storage, redis, alarms, findings);
            }
            return judge(storage, gateway, alarms, findings);
        }
    }

    private static AlarmGateway storm(
            Plan plan,
            Path home,
            Storage storage,
            RedisServer redis,
            List<DeviceAlarm> alarms,
            Findings findings)
            throws IOException {
        var properties = new ArrayList<>(storage.properties());
        properties.add("--maplebridge.redis.url=" + redis.url());
        var key = storage.name() + "_";
        try (var node = NodeProcess.start(home, "-Xmx1g", properties.toArray(String[]::new));
                var door = new NodeDoor(node.uri());
                var admin = new RestDoor(node.uri(), door.signIn("admin", node.password()));
                var system = new RestDoor(node.uri(), admin.makeIntakeKey());
                var console = new ConsoleSeat(door, node.uri(), "city", node.password());
                var telemetry = telemetry(redis)) {
            var gateway = new AlarmGateway(system, telemetry.alarms());
            LockSupport.parkNanos(SETTLE_NANOS);
            waits(key + "console_calm_", console.takeWaits(), findings);
            var own = new ProcessFigures(ProcessHandle.current().pid());
            var nodes = new ProcessFigures(node.pid());
            long ownCpu = own.cpuNanos();
            long nodeCpu = nodes.cpuNanos();
            long began = System.nanoTime();
            gateway.send(alarms, TimeUnit.MINUTES.toNanos(1) / Plan.ALARMS_A_MINUTE);
            double seconds = gateway.secondsFrom(began);
            waits(key + "console_", console.takeWaits(), findings);
            findings.figure(key + "alarms_s", seconds);
            findings.figure(
                    key + "alarms_node_cpu_pct", (nodes.cpuNanos() - nodeCpu) / 1e7 / seconds);
            findings.figure(
                    key + "alarms_generator_cpu_pct", (own.cpuNanos() - ownCpu) / 1e7 / seconds);
            findings.figure(key + "alarms_worked_off_after_s", awaitWorkedOff(redis));
            LockSupport.parkNanos(LOOK_NANOS * 10); // the last one's news is on its way
            news(key, gateway, console, findings);
            figures(key, gateway, findings);
            if (!console.fault().isEmpty()) {
                findings.fault(console.fault());
            }
            node.errors().forEach(line -> findings.fault("the node logged: " + line));
            return gateway;
        }
    }

    static Telemetry telemetry(RedisServer redis) {
        return RedisTelemetry.start(
                RedisSettings.of(redis.url(), List.of(), "maplebridge", "county"),
                TrackLimits.STANDARD,
                Telemetry.CLAIM_AFTER,
                InstantSource.system());
    }

    /// @return seconds that it took
    static double awaitWorkedOff(RedisServer redis) throws IOException {
        long began = System.nanoTime();
        while (redis.entries(STREAM) > 0) {
            if (System.nanoTime() - began > CATCH_UP_NANOS) {
                throw new IOException("alarms are not worked off: " + redis.entries(STREAM));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static void waits(String key, Map<String, List<Double>> waits, Findings findings) {
        var all = new ArrayList<Double>();
        waits.forEach((what, millis) -> {
            all.addAll(millis);
            findings.figure(
                    key + what + "_p95_ms",
                    Findings.quantile(millis.stream().sorted().toList(), 0.95));
        });
        var sorted = all.stream().sorted().toList();
        findings.figure(key + "p50_ms", Findings.quantile(sorted, 0.5));
        findings.figure(key + "p95_ms", Findings.quantile(sorted, 0.95));
        findings.figure(key + "p99_ms", Findings.quantile(sorted, 0.99));
    }

    /// From the moment that REST was told until the console had heard of the incident.
    private static void news(
            String key, AlarmGateway gateway, ConsoleSeat console, Findings findings) {
        var heard = console.heardNanos();
        var delays = new ArrayList<Double>();
        int unheard = 0;
        for (var sent : gateway.sentNanos().entrySet()) {
            @Nullable Long at = heard.get(sent.getKey());
            if (at == null) {
                unheard++;
            } else {
                delays.add((at - sent.getValue()) / 1e6);
            }
        }
        var sorted = delays.stream().sorted().toList();
        findings.figure(key + "news_p50_ms", Findings.quantile(sorted, 0.5));
        findings.figure(key + "news_p95_ms", Findings.quantile(sorted, 0.95));
        findings.figure(key + "news_unheard", unheard);
    }

    private static void figures(String key, AlarmGateway gateway, Findings findings) {
        findings.figure(key + "alarm_answer_p50_ms", gateway.waitMillis(0.5));
        findings.figure(key + "alarm_answer_p95_ms", gateway.waitMillis(0.95));
        findings.figure(key + "alarm_answer_p99_ms", gateway.waitMillis(0.99));
        findings.figure(key + "alarms_late_p99_ms", gateway.latenessMillis(0.99));
        findings.figure(key + "alarms_refused", gateway.refused());
        if (gateway.latenessMillis(0.99) > LATE_MS) {
            findings.fault(
                    "alarms were not sent at their rate but up to %.0f ms late (%s)"
                            .formatted(gateway.latenessMillis(0.99), key));
        }
        var sample = new LinkedHashMap<String, Object>();
        sample.put("part", "alarms");
        sample.put("what", key + "answers");
        gateway.answers().forEach(sample::put);
        findings.sample(sample);
    }

    private static int judge(
            Storage storage, AlarmGateway gateway, List<DeviceAlarm> alarms, Findings findings)
            throws IOException {
        var written = WhatIsWritten.in(storage);
        var tally = written.reportsOf(gateway.promised());
        long sensors =
                alarms.stream()
                        .filter(alarm -> gateway.promised().contains(alarm.id()))
                        .map(DeviceAlarm::sensor)
                        .distinct()
                        .count();
        long opened =
                written.titles().stream()
                        .filter(title -> title.matches(".*烟感 [0-9]+ 报警.*"))
                        .count();
        var key = storage.name() + "_alarms_";
        findings.figure(key + "taken", gateway.promised().size());
        findings.figure(key + "lost", tally.lost());
        findings.figure(key + "doubled", tally.doubled());
        findings.figure(key + "opened_more_than_sensors", opened - sensors);
        return tally.lost();
    }
}
