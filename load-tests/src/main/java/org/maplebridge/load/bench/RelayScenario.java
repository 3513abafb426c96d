package org.maplebridge.load.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.load.measure.ProcessFigures;
import org.maplebridge.media.srtp.SrtpProfile;

/// One talker or camera, many receivers, all with ICE, DTLS and SRTP of their own: what does the
/// server spend on a forwarded packet, and how long does it keep it?
///
/// Beside it, in the same run and to the same sockets, the bare system calls.
final class RelayScenario {
    private static final int VIDEO_HEADLINE = 100;
    private static final int VOICE_HEADLINE = 300;
    private static final int WARM_LOOK_SECONDS = 3;
    private static final long WARM_COMPILER_NANOS = 20_000_000;
    private static final double MAX_PUBLISHER_LATE_MILLIS = 50;

    private final boolean quick;
    private final List<SrtpProfile> profiles;
    private final boolean transportFeedback;
    private final List<RelayRow> rows = new ArrayList<>();
    private final Map<String, Double> storm = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();

    RelayScenario(boolean quick, List<SrtpProfile> profiles, boolean transportFeedback) {
        this.quick = quick;
        this.profiles = List.copyOf(profiles);
        this.transportFeedback = transportFeedback;
    }

    /// @param voice receivers of the voice run, empty for none
    /// @param small receivers of a camera of 500 kbit/s, empty for none
    void run(List<Integer> video, List<Integer> voice, List<Integer> small) throws IOException {
        if (!video.isEmpty()) {
            runKind("video", video);
        }
        if (!voice.isEmpty()) {
            runKind("voice", voice);
        }
        if (!small.isEmpty()) {
            runKind("small", small);
        }
    }

    /// As many terminals at once.
    void storm(int terminals) throws IOException {
        storm.putAll(new JoinStorm(terminals, profiles, faults).run());
    }

    Map<String, Double> stormFigures() {
        return Collections.unmodifiableMap(storm);
    }

    List<RelayRow> rows() {
        return List.copyOf(rows);
    }

    /// Why the run must not be believed; empty when it may.
    List<String> faults() {
        return List.copyOf(faults);
    }

    private void runKind(String kind, List<Integer> audiences) throws IOException {
        boolean video = !kind.equals("voice");
        try (ServerProcess server = ServerProcess.start();
                var fleet = new Fleet(server, "car", video, profiles, transportFeedback)) {
            fleet.publish(RelayUnderTest.pattern(kind));
            boolean first = true;
            for (int audience : audiences) {
                fleet.growTo(audience);
                warmUp(server, first ? seconds(40, 120) : seconds(12, 40));
                first = false;
                rows.add(measure(kind, audience, server, fleet));
            }
        }
    }

    /// Until the compiler has little left to do, so that the figures are those of a server that has
    /// run for a while.
    private void warmUp(ServerProcess server, int maxSeconds) throws IOException {
        pause(seconds(4, 8));
        long deadline = System.nanoTime() + maxSeconds * 1_000_000_000L;
        long busy = Long.MAX_VALUE;
        while (busy > WARM_COMPILER_NANOS && System.nanoTime() - deadline < 0) {
            long before = server.figures().compilerNanos();
            pause(WARM_LOOK_SECONDS);
            busy = server.figures().compilerNanos() - before;
        }
    }

    private int seconds(int whenQuick, int otherwise) {
        return quick ? whenQuick : otherwise;
    }

    private RelayRow measure(String kind, int audience, ServerProcess server, Fleet fleet)
            throws IOException {
        System.err.println("measuring " + kind + " → " + audience);
        ProcessFigures process = server.figures();
        var before = ServerFigures.parse(server.ask("figures"));
        fleet.startWindow();
        long cpuBefore = process.cpuNanos();
        long kernelBefore = process.kernelNanos();
        pause(seconds(12, 30));
        long cpu = process.cpuNanos() - cpuBefore;
        long kernel = process.kernelNanos() - kernelBefore;
        Fleet.Window window = fleet.endWindow();
        var after = ServerFigures.parse(server.ask("figures"));
        double resident = process.residentMebibytes();
        String ports =
                fleet.receiverPorts().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(","));
        int bareMillis = 1_000 * seconds(4, 10);
        double bare = bareMicros(server, kind, false, bareMillis, ports);
        double bareSegments = bareMicros(server, kind, true, bareMillis, ports);
        double seal = sealMicros(server, kind, audience, seconds(1, 4) * 1_000);
        var row =
                RelayRow.of(
                        kind,
                        audience,
                        cpu,
                        kernel,
                        window,
                        before,
                        after,
                        resident,
                        bare,
                        bareSegments,
                        seal);
        judge(row, window, after.minus(before));
        System.out.println(row.asLine());
        return row;
    }

    private static double bareMicros(
            ServerProcess server, String kind, boolean segments, int millis, String ports)
            throws IOException {
        return microsEach(server.ask("bare " + kind + " " + segments + " " + millis + " " + ports));
    }

    private double sealMicros(ServerProcess server, String kind, int audience, int millis)
            throws IOException {
        String profile = profiles.getFirst().name();
        return microsEach(
                server.ask("seal " + kind + " " + profile + " " + audience + " " + millis));
    }

    /// @param answer how many, and the nanoseconds of all
    private static double microsEach(String answer) {
        String[] words = answer.split(" ", -1);
        return Double.parseDouble(words[1]) / Double.parseDouble(words[0]) / 1_000;
    }

    private void judge(RelayRow row, Fleet.Window window, ServerFigures spent) {
        String where = row.kind() + " → " + row.audience() + ": ";
        if (window.silent() > 0) {
            faults.add(where + window.silent() + " receivers got nothing");
        }
        if (window.unopened() > 0) {
            faults.add(where + window.unopened() + " packets did not open");
        }
        if (row.lossPercent() > 0.01) {
            faults.add(where + format("%.3f %% of the packets missing", row.lossPercent()));
        }
        if (spent.number("drop.SEND_REFUSED") > 0) {
            faults.add(where + "the kernel refused to send");
        }
        double late = window.publisherLateNanos() / 1e6;
        if (late > MAX_PUBLISHER_LATE_MILLIS) {
            faults.add(where + format("the publisher fell %.0f ms behind its plan", late));
        }
    }

    private static void pause(int seconds) {
        sleep(seconds * 1_000L);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }

    static int videoHeadline() {
        return VIDEO_HEADLINE;
    }

    static int voiceHeadline() {
        return VOICE_HEADLINE;
    }
}
