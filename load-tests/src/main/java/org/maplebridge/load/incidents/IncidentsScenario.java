package org.maplebridge.load.incidents;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.ground.TemporaryFolder;

/// Incidents from many sources, in great numbers, and across kills, part by part.
///
/// Thread: the bench's.
public final class IncidentsScenario {
    private static final List<Part> PARTS =
            List.of(new AlarmsPart(), new SizePart(), new NearestPart(), new KillPart());

    private final List<Part> parts;
    private final Plan plan;
    private final Findings findings = new Findings();

    /// @param only the name of the one part to be played; empty for all
    /// @throws IllegalArgumentException when there is no such part
    public IncidentsScenario(String only, Plan plan) {
        parts = PARTS.stream().filter(p -> only.isEmpty() || p.name().equals(only)).toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no part "
                            + only
                            + ", only "
                            + PARTS.stream().map(Part::name).toList());
        }
        this.plan = plan;
    }

    public Findings findings() {
        return findings;
    }

    /// A part that broke off is named as a fault, never left out.
    public void run() throws IOException {
        long beganNanos = System.nanoTime();
        for (Part part : parts) {
            long partNanos = System.nanoTime();
            System.out.println("Part " + part.name());
            var folder = Files.createTempDirectory("maplebridge-incidents");
            try {
                part.play(plan, folder, findings);
            } catch (IOException | RuntimeException e) {
                findings.fault("the part " + part.name() + " broke off: " + e + because(e));
            } finally {
                TemporaryFolder.remove(folder);
            }
            System.out.printf(
                    Locale.ROOT, "part %s: %.0f s%n", part.name(), secondsSince(partNanos));
        }
        findings.figure("run_s", secondsSince(beganNanos));
    }

    private static String because(Exception e) {
        return e.getCause() == null ? "" : " because of " + e.getCause();
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
