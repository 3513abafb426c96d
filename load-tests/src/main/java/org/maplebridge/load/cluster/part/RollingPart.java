package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.cluster.Traveller;
import org.maplebridge.load.cluster.part.Stage.Need;

/// Every node is asked to go, waited for and started again, one after the other, in working hours:
/// how long is nobody heard?
public final class RollingPart implements Part {
    private static final long BEFORE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int QUICK_NODES = 1;
    private static final long PATIENCE_SECONDS = 180;

    @Override
    public String name() {
        return "rolling";
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
        LockSupport.parkNanos(setting.settleNanos());
        var silences = new ArrayList<Double>();
        for (int i = 0; i < (setting.quick() ? QUICK_NODES : Stage.NODES); i++) {
            int node = (i + (int) Math.floorMod(setting.seed(), (long) Stage.NODES)) % Stage.NODES;
            silences.addAll(restart(stage, crowd, node, setting, findings));
        }
        crowd.fallSilent();
        findings.spread("rolling_voice", silences);
        var judge = new Judge(stage, "rolling_", findings);
        judge.orders(Stage.NODES);
        judge.talkers();
        judge.bursts(crowd.groups());
        judge.errors();
    }

    private static List<Double> restart(
            Stage stage, Crowd crowd, int node, Setting setting, Findings findings)
            throws IOException {
        crowd.tellWhatWasHeard();
        stage.history().done("node " + node + " is asked to go");
        long fromNanos = System.nanoTime();
        boolean byItself = stage.nodes().leave(node, PATIENCE_SECONDS);
        long outNanos = System.nanoTime();
        stage.history().done("node " + node + " is out");
        if (!byItself) {
            findings.fault("node " + node + " did not end within " + PATIENCE_SECONDS + " s");
        }
        stage.nodes().restart(node);
        long upNanos = System.nanoTime();
        stage.history().done("node " + node + " is up");
        crowd.everybody().forEach(Traveller::goHome);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(setting.seconds(4, 5)));
        var silences = crowd.silences(fromNanos - BEFORE_NANOS, System.nanoTime());
        double worst = silences.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "rolling: node %d out after %.1f s, up after %.1f s, longest silence %.0f ms%n",
                node,
                (outNanos - fromNanos) / 1e9,
                (upNanos - fromNanos) / 1e9,
                worst);
        findings.sample(
                Map.of(
                        "part",
                        "rolling",
                        "what",
                        "restart of node " + node,
                        "out_ms",
                        (outNanos - fromNanos) / 1e6,
                        "up_ms",
                        (upNanos - fromNanos) / 1e6,
                        "silence_ms",
                        worst));
        return silences;
    }
}
