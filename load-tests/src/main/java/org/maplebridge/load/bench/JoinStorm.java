package org.maplebridge.load.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.load.measure.ProcessFigures;
import org.maplebridge.media.srtp.SrtpProfile;

/// After a power cut: many terminals come at the same moment to hear one voice, each with ICE, DTLS
/// and SRTP of its own. First to a relay that has just started, then to the same one again.
///
/// Thread: the bench's.
final class JoinStorm {
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long LOOK_NANOS = 5_000_000;

    private final int terminals;
    private final List<SrtpProfile> profiles;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final List<String> faults;

    /// @param faults is told what makes the run unsound
    JoinStorm(int terminals, List<SrtpProfile> profiles, List<String> faults) {
        this.terminals = terminals;
        this.profiles = List.copyOf(profiles);
        this.faults = faults;
    }

    Map<String, Double> run() throws IOException {
        try (ServerProcess server = ServerProcess.start();
                var talker = new Fleet(server, "car", false, profiles, false)) {
            talker.publish(RelayUnderTest.pattern("voice"));
            talker.growTo(1);
            rush(server, "storm_fresh", "first");
            rush(server, "storm_again", "second");
        }
        return figures;
    }

    private void rush(ServerProcess server, String key, String viewers) throws IOException {
        System.err.println("measuring " + key + " of " + terminals);
        ProcessFigures process = server.figures();
        var fleet = new Fleet(server, "car", viewers, false, profiles, false);
        try (fleet) {
            long cpu = process.cpuNanos();
            long compiler = process.compilerNanos();
            long start = System.nanoTime();
            fleet.rushTo(terminals);
            figures.put(key + "_signalled_s", seconds(start));
            int hearing = fleet.hearing();
            while (hearing < terminals && System.nanoTime() - start < PATIENCE_NANOS) {
                LockSupport.parkNanos(LOOK_NANOS);
                hearing = fleet.hearing();
            }
            figures.put(key + "_heard_s", seconds(start));
            figures.put(key + "_cpu_ms_per_join", millisEach(process.cpuNanos() - cpu));
            figures.put(
                    key + "_compiler_ms_per_join", millisEach(process.compilerNanos() - compiler));
            if (hearing < terminals) {
                faults.add(
                        "%s: %d of %d terminals never heard the voice, %d lost their session"
                                .formatted(key, terminals - hearing, terminals, fleet.lost()));
            }
        } finally {
            fleet.leave();
        }
        figures.forEach((name, value) -> {
            if (name.startsWith(key)) {
                System.out.printf(Locale.ROOT, "%-32s %9.2f%n", name, value);
            }
        });
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private double millisEach(long nanos) {
        return nanos / 1e6 / terminals;
    }
}
