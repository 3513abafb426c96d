package org.maplebridge.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.cluster.History;
import org.maplebridge.load.cluster.Nodes;
import org.maplebridge.load.cluster.OrderStream;
import org.maplebridge.load.cluster.Rotation;
import org.maplebridge.load.cluster.Traveller;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.Group;

/// Three nodes of one county, each killed in its turn under load: how long is nobody heard, is any
/// order lost or done twice, do two ever talk at once?
///
/// Thread: the bench's.
final class ClusterScenario {
    private static final int NODES = 3;
    private static final int GROUPS = 4;
    private static final int MEMBERS = 6;
    private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int rounds;
    private final long healthySeconds;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<Map<String, Object>> samples = new ArrayList<>();
    private final History history = new History();
    private final List<Traveller> people = new ArrayList<>();

    ClusterScenario(int rounds, long healthySeconds) {
        this.rounds = rounds;
        this.healthySeconds = healthySeconds;
    }

    Map<String, Double> figures() {
        return Collections.unmodifiableMap(figures);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    /// One for each killed node.
    List<Map<String, Object>> samples() {
        return List.copyOf(samples);
    }

    void run() throws IOException {
        Path folder = Files.createTempDirectory("maplebridge-cluster");
        List<AutoCloseable> open = new ArrayList<>();
        try (var nodes = Nodes.start(folder, NODES, GROUPS * 10);
                var fleet = new VoiceTerminals(1)) {
            try {
                play(nodes, fleet, open);
            } finally {
                closeAll(open);
            }
        } finally {
            TemporaryFolder.remove(folder);
        }
    }

    private void play(Nodes nodes, VoiceTerminals fleet, List<AutoCloseable> open)
            throws IOException {
        var orders = new OrderStream(history, "car1");
        var self = new AtomicReference<@Nullable Traveller>();
        var car =
                new Traveller(
                        nodes,
                        1,
                        "car1",
                        Device.TERMINAL,
                        fleet,
                        orders.car(() -> Objects.requireNonNull(self.get())));
        self.set(car);
        open.add(car);
        people.add(car);
        var room = new Traveller(nodes, 0, "xinhe", Device.CONSOLE, fleet, (_, _) -> {});
        open.add(room);
        people.add(room);
        var listeners = new ArrayList<Traveller>();
        var rotations = new ArrayList<Rotation>();
        for (int g = 0; g < GROUPS; g++) {
            var talkers = new ArrayList<Traveller>();
            for (int m = 0; m < MEMBERS; m++) {
                var account = String.format(Locale.ROOT, "handheld-%04d", g * 10 + m + 1);
                var one =
                        new Traveller(
                                nodes, m % NODES, account, Device.TERMINAL, fleet, (_, _) -> {});
                open.add(one);
                people.add(one);
                (m < NODES ? talkers : listeners).add(one);
            }
            var rotation = new Rotation(smallestGroupOf(talkers.getFirst()), talkers);
            rotations.add(rotation);
            open.add(rotation);
        }
        orders.start(room);
        open.add(orders);

        pause(SETTLE_NANOS);
        rotations.forEach(Rotation::takeWaited);
        pause(TimeUnit.SECONDS.toNanos(healthySeconds));
        grants(rotations);
        var gaps = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            killOne(nodes, round, listeners, gaps);
        }
        pause(SETTLE_NANOS);
        orders.close();
        judge(nodes, rotations, listeners, gaps);
    }

    private void killOne(Nodes nodes, int round, List<Traveller> listeners, List<Double> gaps)
            throws IOException {
        int victim = round % NODES;
        listeners.forEach(one -> history.heard(one.account(), one.takeHeard()));
        var homes = listeners.stream().map(Traveller::at).toList();
        long killedNanos = System.nanoTime();
        nodes.kill(victim);
        pause(AFTER_NANOS);
        double worstThere = 0;
        double worstElsewhere = 0;
        for (int i = 0; i < listeners.size(); i++) {
            double gap =
                    listeners
                            .get(i)
                            .longestGapMillis(
                                    killedNanos - BEFORE_NANOS, killedNanos + AFTER_NANOS);
            gaps.add(gap);
            if (homes.get(i) == victim) {
                worstThere = Math.max(worstThere, gap);
            } else {
                worstElsewhere = Math.max(worstElsewhere, gap);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "round %d, node %d: silent for %.0f ms at most there, %.0f ms elsewhere%n",
                round + 1,
                victim,
                worstThere,
                worstElsewhere);
        samples.add(
                Map.of(
                        "round", round + 1,
                        "node", victim,
                        "there_ms", worstThere,
                        "elsewhere_ms", worstElsewhere));
        nodes.restart(victim);
        people.forEach(Traveller::goHome);
        pause(SETTLE_NANOS);
    }

    private void grants(List<Rotation> rotations) {
        var waited = new ArrayList<Double>();
        rotations.forEach(rotation -> waited.addAll(rotation.takeWaited()));
        Collections.sort(waited);
        if (waited.size() < 20) {
            faults.add("only " + waited.size() + " talks were granted");
        }
        figures.put("grants", (double) waited.size());
        figures.put("grant_p50_ms", quantile(waited, 0.5));
        figures.put("grant_p99_ms", quantile(waited, 0.99));
    }

    private void judge(
            Nodes nodes, List<Rotation> rotations, List<Traveller> listeners, List<Double> gaps)
            throws IOException {
        listeners.forEach(one -> history.heard(one.account(), one.takeHeard()));
        Collections.sort(gaps);
        figures.put("failover_voice_p50_ms", quantile(gaps, 0.5));
        figures.put("failover_voice_p95_ms", quantile(gaps, 0.95));
        figures.put("failover_voice_max_ms", quantile(gaps, 1));
        Set<String> there = new HashSet<>();
        try (var door = new NodeDoor(nodes.node(0).uri())) {
            there.addAll(door.orders(door.signIn("xinhe", nodes.password())));
        }
        var lost = history.lost(there);
        var doubled = history.doubled();
        figures.put("orders", (double) history.orders());
        figures.put("orders_lost", (double) lost.size());
        figures.put("orders_doubled", (double) doubled.size());
        figures.put("two_talkers_heard", (double) history.twoTalkers());
        figures.put(
                "presses_unanswered",
                (double) rotations.stream().mapToInt(Rotation::unanswered).sum());
        history.wrong().stream().limit(10).forEach(System.out::println);
        lost.stream().limit(10).forEach(order -> System.out.println("lost: " + order));
        doubled.stream().limit(10).forEach(System.out::println);
        if (history.orders() < rounds) {
            faults.add("only " + history.orders() + " orders were acknowledged");
        }
        for (int i = 0; i < NODES; i++) {
            int node = i;
            nodes.node(i).errors().stream()
                    .limit(5)
                    .forEach(line -> faults.add("node " + node + " says: " + line));
        }
    }

    private static String smallestGroupOf(Traveller one) {
        return one.now().orElseThrow().groups().values().stream()
                .filter(Group::affiliated)
                .filter(group -> !group.members().isEmpty())
                .min(Comparator.comparingInt(group -> group.members().size()))
                .map(Group::id)
                .orElseThrow();
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.isEmpty()
                ? 0
                : sorted.get((int) Math.min(sorted.size() - 1.0, share * sorted.size()));
    }

    private static void closeAll(List<AutoCloseable> open) throws IOException {
        for (var one : open.reversed()) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }

    private static void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
