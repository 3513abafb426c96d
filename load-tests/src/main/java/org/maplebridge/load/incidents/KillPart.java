package org.maplebridge.load.incidents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.ground.PostgresServer;
import org.maplebridge.load.ground.RedisServer;

/// Kills a node in the middle of reports and orders, again and again, and reads in the end whether
/// what was answered with success is there, and nothing twice.
final class KillPart implements Part {
    /// A node is killed so long after the storm began.
    private static final int EARLIEST_MILLIS = 1_000;

    private static final int LATEST_MILLIS = 5_000;

    /// Fewer reports or orders answered in a round prove nothing.
    private static final int A_STORM = 10;

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public void play(Plan plan, Path folder, Findings findings) throws IOException {
        if (!RedisServer.isInstalled()) {
            throw new IOException("the alarm stream needs a redis-server");
        }
        boolean both = PostgresServer.isInstalled();
        if (!both) {
            findings.fault("no PostgreSQL is installed: nodes were killed over H2 only");
        }
        int here = both ? (plan.rounds() + 1) / 2 : plan.rounds();
        var tally = kills(plan, here, folder.resolve("h2"), false, findings);
        if (both) {
            int there = plan.rounds() - here;
            tally = tally.and(kills(plan, there, folder.resolve("postgres"), true, findings));
        }
        findings.figure("kill_rounds", plan.rounds());
        findings.figure("kill_lost", tally.lost());
        findings.figure("kill_doubled", tally.doubled());
    }

    private static Tally kills(
            Plan plan, int rounds, Path home, boolean postgres, Findings findings)
            throws IOException {
        Files.createDirectories(home);
        try (var storage = postgres ? Storage.postgres() : Storage.h2(home);
                var redis = RedisServer.start("127.0.0.1");
                var telemetry = AlarmsPart.telemetry(redis)) {
            var run = new Run(plan, home, storage, redis, findings);
            for (int round = 0; round < rounds; round++) {
                run.round(telemetry.alarms());
            }
            run.end();
            return run.judge();
        }
    }

    /// All rounds over one record.
    ///
    /// Thread: the scenario's.
    private static final class Run {
        private final Path home;
        private final Storage storage;
        private final RedisServer redis;
        private final Findings findings;
        private final SplittableRandom random;
        private final ReportStorm reports;
        private final OrderStorm orders;
        private final List<Double> startSeconds = new ArrayList<>();
        private @Nullable Keys keys;

        Run(Plan plan, Path home, Storage storage, RedisServer redis, Findings findings) {
            this.home = home;
            this.storage = storage;
            this.redis = redis;
            this.findings = findings;
            random = new SplittableRandom(plan.seed());
            reports = new ReportStorm(storage.name());
            orders = new OrderStorm(storage.name());
        }

        /// What is shown at the door; it outlives the node, like the record.
        private record Keys(String system, String dispatcher, String car) {}

        private NodeProcess node() throws IOException {
            var properties = new ArrayList<>(storage.properties());
            properties.add("--maplebridge.redis.url=" + redis.url());
            long began = System.nanoTime();
            var node = NodeProcess.start(home, "-Xmx512m", properties.toArray(String[]::new));
            startSeconds.add((System.nanoTime() - began) / 1e9);
            return node;
        }

        private Keys keys(NodeProcess node, NodeDoor door) throws IOException {
            @Nullable Keys known = keys;
            if (known == null) {
                var admin = door.signIn("admin", node.password());
                try (var rest = new RestDoor(node.uri(), admin)) {
                    known =
                            new Keys(
                                    rest.makeIntakeKey(),
                                    door.signIn("city", node.password()),
                                    door.signIn(OrderStorm.CAR, node.password()));
                }
                keys = known;
            }
            return known;
        }

        void round(Alarms stream) throws IOException {
            try (var node = node();
                    var door = new NodeDoor(node.uri())) {
                var known = keys(node, door);
                try (var system = new RestDoor(node.uri(), known.system());
                        var sessions = orders.new Sessions(door, known.dispatcher(), known.car())) {
                    var threads = new ArrayList<>(reports.start(system, stream));
                    threads.add(orders.start(sessions));
                    int millis = random.nextInt(EARLIEST_MILLIS, LATEST_MILLIS);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
                    node.kill();
                    reports.stop();
                    orders.stop();
                    join(threads);
                }
                node.errors().forEach(line -> findings.fault("the node logged: " + line));
            }
        }

        /// Everything that was not answered is said once more to a node that lives.
        void end() throws IOException {
            try (var node = node();
                    var door = new NodeDoor(node.uri())) {
                var known = keys(node, door);
                try (var system = new RestDoor(node.uri(), known.system());
                        var sessions = orders.new Sessions(door, known.dispatcher(), known.car())) {
                    reports.finish(system);
                    orders.finish(sessions);
                    AlarmsPart.awaitWorkedOff(redis);
                }
            }
        }

        Tally judge() throws IOException {
            var written = WhatIsWritten.in(storage);
            var titles =
                    written.titles().stream()
                            .filter(title -> title.matches(".*烟感 [0-9]+ 报警.*"))
                            .toList();
            var parts = new LinkedHashMap<String, Tally>();
            parts.put("reports", written.reportsOf(reports.promised()));
            parts.put("incidents", Tally.of(Set.of(), titles));
            parts.put("orders", Tally.of(orders.promised(), written.orders()));
            parts.put("order_steps", Tally.of(orders.promisedSteps(), written.steps()));
            parts.put("orders_shown", orders.seen());
            var all = Tally.NONE;
            var sample = new LinkedHashMap<String, Object>();
            sample.put("part", "kill");
            sample.put("what", storage.name());
            for (var part : parts.entrySet()) {
                sample.put(part.getKey() + "_lost", part.getValue().lost());
                sample.put(part.getKey() + "_doubled", part.getValue().doubled());
                all = all.and(part.getValue());
            }
            sample.put("reports_missing", Tally.missing(reports.promised(), written.reports()));
            sample.put("notes_missing", Tally.missing(reports.promised(), written.notes()));
            sample.put("orders_missing", Tally.missing(orders.promised(), written.orders()));
            sample.put("steps_missing", Tally.missing(orders.promisedSteps(), written.steps()));
            sample.put(
                    "refusals",
                    String.join("; ", reports.refusals())
                            + " "
                            + String.join("; ", orders.refusals()));
            findings.sample(sample);
            var key = storage.name() + "_kill_";
            findings.figure(key + "reports", reports.promised().size());
            findings.figure(key + "orders", orders.promised().size());
            findings.figure(key + "steps", orders.promisedSteps().size());
            findings.figure(
                    key + "start_p50_s",
                    Findings.quantile(startSeconds.stream().sorted().toList(), 0.5));
            int storm = Math.min(reports.promised().size(), orders.promised().size());
            if (storm < A_STORM * (startSeconds.size() - 1)) {
                findings.fault(
                        key
                                + "no storm: %d reports and %d orders in %d rounds; node or bench were"
                                        .formatted(
                                                reports.promised().size(),
                                                orders.promised().size(),
                                                startSeconds.size() - 1)
                                + " too slow");
            }
            int open = reports.unanswered() + orders.unanswered();
            if (open > 0) {
                findings.fault(key + open + " wishes were never answered");
            }
            return all;
        }

        private static void join(List<Thread> threads) throws IOException {
            try {
                for (var thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
