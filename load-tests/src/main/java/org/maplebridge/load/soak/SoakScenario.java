package org.maplebridge.load.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.county.Conversations;
import org.maplebridge.load.county.Conversations.Manner;
import org.maplebridge.load.county.County;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.county.NodeMemory;
import org.maplebridge.load.county.NodeProcess;
import org.maplebridge.load.ground.TemporaryFolder;

/// Round after round a part of the county leaves and comes again, and the others talk; after each
/// the node is asked what it holds. Netty looks for buffers that were lost meanwhile.
///
/// Thread: the bench's.
public final class SoakScenario {
    /// Paranoid: every buffer is watched, not one in a hundred.
    private static final String FLAGS =
            NodeMemory.FLAGS + " -Dio.netty.leakDetection.level=paranoid";

    private static final Manner HURRIED = new Manner(150, 450, 0, 50, 5);
    private static final int MEDIA_THREADS = 2;
    private static final long LEFT_NANOS = TimeUnit.MINUTES.toNanos(2);

    /// By what share of itself memory may have grown when all rounds are over.
    private static final double SHARE = 0.05;

    /// By how many MiB, descriptors or threads beside that.
    private static final double ALLOWANCE = 8;

    private final SoakPlan plan;
    private final Findings findings = new Findings();
    private final List<Sample> samples = new ArrayList<>();
    private int arrivals;
    private int talks;

    public SoakScenario(SoakPlan plan) {
        this.plan = plan;
    }

    public Findings findings() {
        return findings;
    }

    public void run() throws IOException {
        long begunNanos = System.nanoTime();
        Path folder = Files.createTempDirectory("maplebridge-soak");
        try (var node =
                NodeProcess.start(
                        folder, FLAGS, "--maplebridge.demo.handhelds=" + plan.handhelds())) {
            try (var county = new County(node, plan.handhelds(), MEDIA_THREADS)) {
                county.signIn();
                county.arrive(plan.handhelds());
                county.openMedia(plan.handhelds());
                for (int round = 1 - SoakPlan.WARM_UP_ROUNDS; round <= plan.rounds(); round++) {
                    play(round, node, county);
                }
                county.lost().stream().limit(5).forEach(lost -> findings.fault("lost: " + lost));
            }
            everybodyIsGone(node);
            node.errors().stream().limit(5).forEach(line -> findings.fault("node: " + line));
        } finally {
            TemporaryFolder.remove(folder);
        }
        findings.figure("arrivals", arrivals);
        findings.figure("talks", talks);
        judge();
        findings.figure("run_s", (System.nanoTime() - begunNanos) / 1e9);
    }

    private void play(int round, NodeProcess node, County county) throws IOException {
        county.comeAgain(next(county), plan.isDropped(round));
        var outcome =
                new Conversations(HURRIED, round)
                        .run(
                                county.smallGroups(),
                                Math.min(plan.activeGroups(), county.smallGroups().size()),
                                plan.talkMillis());
        if (round < 1) {
            return;
        }
        arrivals += plan.arrivals();
        talks += outcome.talks().size();
        if (outcome.talks().size() < plan.talksAtLeast()) {
            findings.fault("round " + round + " had only " + outcome.talks().size() + " talks");
        }
        outcome.notGranted().stream().limit(3).forEach(findings::fault);
        var sample = Sample.of(node.pid(), county.door());
        samples.add(sample);
        var told = new LinkedHashMap<String, Object>();
        told.put("part", "round " + round);
        told.put("what", plan.arrivals() + " came, " + outcome.talks().size() + " talks");
        told.putAll(sample.byName());
        findings.sample(told);
        System.out.printf(Locale.ROOT, "round %2d %s%n", round, sample.byName());
    }

    /// Who has been there longest: who comes again stands last.
    private List<Handheld> next(County county) {
        return county.present().stream().limit(plan.arrivals()).toList();
    }

    /// What is left of people who are gone, once their sessions are not kept for them any longer.
    private void everybodyIsGone(NodeProcess node) throws IOException {
        try (var door = new NodeDoor(node.uri())) {
            long until = System.nanoTime() + LEFT_NANOS;
            double left = sessions(door);
            while (left > 0 && System.nanoTime() - until < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                left = sessions(door);
            }
            if (left > 0) {
                findings.fault(left + " sessions are left of people who are gone");
            }
            var empty = Sample.of(node.pid(), door);
            empty.byName().forEach((name, value) -> findings.figure("empty_" + name, value));
        }
    }

    private static double sessions(NodeDoor door) throws IOException {
        var figures = door.figures();
        return figures.sum("maplebridge_sessions") + figures.sum("maplebridge_relay_sessions");
    }

    private void judge() {
        for (String name : samples.getFirst().byName().keySet()) {
            var readings = samples.stream().map(sample -> sample.byName().get(name)).toList();
            var flatness = Flatness.of(readings);
            findings.figure(name + "_first", flatness.first());
            findings.figure(name + "_last", flatness.last());
            findings.figure(name + "_growth", flatness.growth(plan.rounds()));
            double share = name.endsWith("_mib") ? SHARE : 0;
            if (!flatness.isFlat(plan.rounds(), share, ALLOWANCE)) {
                findings.fault(
                        String.format(
                                Locale.ROOT,
                                "%s grows by %.1f in %d rounds",
                                name,
                                flatness.growth(plan.rounds()),
                                plan.rounds()));
            }
        }
    }
}
