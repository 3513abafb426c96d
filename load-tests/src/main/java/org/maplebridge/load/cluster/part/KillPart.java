package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.cluster.Rotation;
import org.maplebridge.load.cluster.Traveller;
import org.maplebridge.load.cluster.part.Stage.Need;
import org.maplebridge.load.measure.WallClock;

/// Each node is killed in its turn: how long is nobody heard, and nothing seen?
public final class KillPart implements Part {
    private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_NANOS = TimeUnit.SECONDS.toNanos(8);

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
        var pictures = Pictures.show(stage);
        LockSupport.parkNanos(setting.settleNanos());
        crowd.rotations().forEach(Rotation::takeWaited);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(6, 60)));
        grants(crowd, findings);
        var kills = new ArrayList<Kill>();
        var victims = new ArrayList<>(List.of(0, 1, 2));
        var random = new Random(setting.seed());
        for (int round = 0; round < setting.rounds(); round++) {
            if (round % Stage.NODES == 0) {
                Collections.shuffle(victims, random);
            }
            int victim = victims.get(round % Stage.NODES);
            kills.add(kill(stage, crowd, pictures, victim, setting));
            kills.getLast().tell(round + 1, findings);
        }
        crowd.fallSilent();
        findings.spread(
                "failover_voice", kills.stream().flatMap(kill -> kill.voice().stream()).toList());
        findings.spread(
                "failover_picture",
                kills.stream().flatMap(kill -> kill.picture().stream()).toList());
        var judge = new Judge(stage, "", findings);
        judge.orders(setting.rounds());
        judge.talkers();
        judge.bursts(crowd.groups());
        findings.figure(
                "presses_unanswered",
                crowd.rotations().stream().mapToInt(Rotation::unanswered).sum());
        judge.errors();
    }

    private static Kill kill(
            Stage stage, Crowd crowd, Pictures pictures, int victim, Setting setting)
            throws IOException {
        crowd.tellWhatWasHeard();
        var homes = crowd.listeners().stream().map(Traveller::at).toList();
        var before = pictures.places();
        stage.history().done("kill node " + victim);
        long killedNanos = System.nanoTime();
        long killedAt = WallClock.nanos();
        stage.nodes().kill(victim);
        LockSupport.parkNanos(AFTER_NANOS);
        var kill =
                new Kill(
                        victim,
                        homes,
                        crowd.silences(killedNanos - BEFORE_NANOS, killedNanos + AFTER_NANOS),
                        before,
                        pictures.gaps(killedAt - BEFORE_NANOS, killedAt + AFTER_NANOS),
                        pictures.states());
        stage.nodes().restart(victim);
        stage.history().done("started node " + victim);
        crowd.everybody().forEach(Traveller::goHome);
        pictures.goHome();
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(3, 5)));
        return kill;
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
