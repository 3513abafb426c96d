package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.cluster.Rotation;
import org.maplebridge.load.cluster.Traveller;
import org.maplebridge.load.cluster.part.Stage.Need;

/// Each node is killed in its turn: how long is nobody heard?
public final class KillPart implements Part {
    private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public List<Need> needs() {
        return List.of();
    }

    @Override
    public void play(Stage stage, Setting setting, Findings findings) throws IOException {
        var crowd = Crowd.gather(stage, setting.seed());
        crowd.talk(Set.of(0, 1, 2));
        crowd.order(0, "car1", 1);
        LockSupport.parkNanos(SETTLE_NANOS);
        crowd.rotations().forEach(Rotation::takeWaited);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(15, 60)));
        grants(crowd, findings);
        var gaps = new ArrayList<Double>();
        var victims = new ArrayList<>(List.of(0, 1, 2));
        var random = new Random(setting.seed());
        for (int round = 0; round < setting.rounds(); round++) {
            if (round % Stage.NODES == 0) {
                Collections.shuffle(victims, random);
            }
            gaps.addAll(kill(stage, crowd, round, victims.get(round % Stage.NODES), findings));
        }
        crowd.fallSilent();
        findings.spread("failover_voice", gaps);
        var judge = new Judge(stage, "", findings);
        judge.orders(setting.rounds());
        judge.talkers();
        judge.bursts(crowd.groups());
        findings.figure(
                "presses_unanswered",
                crowd.rotations().stream().mapToInt(Rotation::unanswered).sum());
        judge.errors();
    }

    private static List<Double> kill(
            Stage stage, Crowd crowd, int round, int victim, Findings findings) throws IOException {
        crowd.tellWhatWasHeard();
        var homes = crowd.listeners().stream().map(Traveller::at).toList();
        stage.history().done("kill node " + victim);
        long killedNanos = System.nanoTime();
        stage.nodes().kill(victim);
        LockSupport.parkNanos(AFTER_NANOS);
        var gaps = crowd.silences(killedNanos - BEFORE_NANOS, killedNanos + AFTER_NANOS);
        double worstThere = 0;
        double worstElsewhere = 0;
        for (int i = 0; i < gaps.size(); i++) {
            if (homes.get(i) == victim) {
                worstThere = Math.max(worstThere, gaps.get(i));
            } else {
                worstElsewhere = Math.max(worstElsewhere, gaps.get(i));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "kill %d, node %d: silent for %.0f ms at most there, %.0f ms elsewhere%n",
                round + 1,
                victim,
                worstThere,
                worstElsewhere);
        findings.sample(
                Map.of(
                        "part",
                        "kill",
                        "what",
                        "kill node " + victim,
                        "there_ms",
                        worstThere,
                        "elsewhere_ms",
                        worstElsewhere));
        stage.nodes().restart(victim);
        stage.history().done("started node " + victim);
        crowd.everybody().forEach(Traveller::goHome);
        LockSupport.parkNanos(SETTLE_NANOS);
        return gaps;
    }

    private static void grants(Crowd crowd, Findings findings) {
        var waited = new ArrayList<Double>();
        crowd.rotations().forEach(rotation -> waited.addAll(rotation.takeWaited()));
        Collections.sort(waited);
        if (waited.size() < 20) {
            findings.fault("only " + waited.size() + " talks were granted");
        }
        findings.figure("kill_grants", waited.size());
        findings.figure("kill_grant_p50_ms", Findings.quantile(waited, 0.5));
        findings.figure("kill_grant_p99_ms", Findings.quantile(waited, 0.99));
    }
}
