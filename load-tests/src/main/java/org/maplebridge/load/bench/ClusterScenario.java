package org.maplebridge.load.bench;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.cluster.part.Ground;
import org.maplebridge.load.cluster.part.KillPart;
import org.maplebridge.load.cluster.part.Part;
import org.maplebridge.load.cluster.part.RollingPart;
import org.maplebridge.load.cluster.part.ServicesPart;
import org.maplebridge.load.cluster.part.Setting;
import org.maplebridge.load.cluster.part.SizePart;
import org.maplebridge.load.cluster.part.SplitPart;
import org.maplebridge.load.cluster.part.Stage;

/// Three nodes of one county under load, and what is done to them, part by part.
///
/// Thread: the bench's.
final class ClusterScenario {
    private static final List<Part> PARTS =
            List.of(
                    new KillPart(),
                    new ServicesPart(),
                    new RollingPart(),
                    new SizePart(),
                    new SplitPart());

    private final List<Part> parts;
    private final Setting setting;
    private final Findings findings = new Findings();

    /// @param only the name of the one part to be played; empty for all
    /// @throws IllegalArgumentException when there is no such part
    ClusterScenario(String only, Setting setting) {
        parts = PARTS.stream().filter(p -> only.isEmpty() || p.name().equals(only)).toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no part "
                            + only
                            + ", only "
                            + PARTS.stream().map(Part::name).toList());
        }
        this.setting = setting;
    }

    Findings findings() {
        return findings;
    }

    /// In a quick run all parts are played on the same nodes, one after the other, unless one of
    /// them breaks off; otherwise each has nodes of its own. A part that this machine does not have
    /// the means for, or that broke off, is named as a fault, never left out.
    void run() {
        long beganNanos = System.nanoTime();
        var left = new ArrayDeque<>(parts);
        while (!left.isEmpty()) {
            var together = setting.quick() ? List.copyOf(left) : List.of(left.getFirst());
            try (var ground = new Ground(together, setting)) {
                said("three nodes stand", beganNanos);
                boolean whole = true;
                for (int i = 0; i < together.size() && whole; i++) {
                    whole = play(left.remove(), ground);
                    said("so far", beganNanos);
                }
            } catch (IOException e) {
                findings.fault("nodes for " + together + " did not start or end: " + e);
                left.pollFirst();
            }
        }
        findings.figure("run_s", (System.nanoTime() - beganNanos) / 1e9);
    }

    /// @return whether it came to its end
    private boolean play(Part part, Ground ground) {
        System.out.println("Part " + part.name());
        long beganNanos = System.nanoTime();
        try (var stage = new Stage(ground, part, setting)) {
            part.play(stage, setting, findings);
            return true;
        } catch (Stage.NotHere e) {
            findings.fault("the part " + part.name() + " was not run: " + e.getMessage());
            return true;
        } catch (IOException | RuntimeException e) {
            findings.fault("the part " + part.name() + " broke off: " + e);
            return false;
        } finally {
            said("part " + part.name(), beganNanos);
        }
    }

    private static void said(String what, long beganNanos) {
        System.out.printf(
                Locale.ROOT, "%s: %.0f s%n", what, (System.nanoTime() - beganNanos) / 1e9);
    }
}
