package org.maplebridge.load.bench;

import java.io.IOException;
import java.util.List;
import org.maplebridge.load.cluster.part.Findings;
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
                    new SplitPart(),
                    new ServicesPart(),
                    new RollingPart(),
                    new SizePart());

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

    /// A part that this machine does not have the means for, or that broke off, is named as a
    /// fault, never left out.
    void run() {
        for (var part : parts) {
            System.out.println("Part " + part.name());
            try (var stage = Stage.open(part, setting)) {
                part.play(stage, setting, findings);
            } catch (Stage.NotHere e) {
                findings.fault("the part " + part.name() + " was not run: " + e.getMessage());
            } catch (IOException e) {
                findings.fault("the part " + part.name() + " broke off: " + e);
            }
        }
    }
}
