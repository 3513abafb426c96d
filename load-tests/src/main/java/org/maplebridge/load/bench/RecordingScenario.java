package org.maplebridge.load.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.maplebridge.load.client.Cameras;
import org.maplebridge.load.client.pattern.CameraPattern;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.load.cluster.part.Findings;
import org.maplebridge.load.ground.TemporaryFolder;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.finish.FinishHere;
import org.maplebridge.media.finish.LipSyncRun;
import org.maplebridge.media.finish.ffmpeg.PieceReader;

/// Fifty cameras recorded at once, recorders killed while they write, and flash and beep through a
/// bad network, part by part.
///
/// Thread: the bench's.
final class RecordingScenario {
    private static final int STREAMS = 50;
    private static final int KILLED_STREAMS = 10;
    private static final long BITS_PER_SECOND = 2_000_000;
    private static final int FRAMES_PER_SECOND = 30;

    /// A load generator later than this did not send what was planned.
    private static final double LATE_MILLIS = 250;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final boolean quick;
    private final int rounds;
    private final SplittableRandom random;
    private final Findings findings = new Findings();
    private long missing;

    RecordingScenario(boolean quick, int rounds, long seed) {
        this.quick = quick;
        this.rounds = rounds;
        this.random = new SplittableRandom(seed);
    }

    Findings findings() {
        return findings;
    }

    private interface Part {
        void play(Path folder) throws IOException, InterruptedException, Finisher.Failed;
    }

    /// @param only the name of the one part to be played; empty for all
    /// @throws IllegalArgumentException when there is no such part
    void run(String only) throws IOException {
        switch (only) {
            case "" -> {
                play("load", this::load);
                play("kill", this::kill);
                play("lipsync", this::lipSync);
            }
            case "load" -> play(only, this::load);
            case "kill" -> play(only, this::kill);
            case "lipsync" -> play(only, this::lipSync);
            default -> throw new IllegalArgumentException("there is no part " + only);
        }
    }

    private void play(String name, Part part) throws IOException {
        long beganNanos = System.nanoTime();
        System.out.println("Part " + name);
        var folder = Files.createTempDirectory("maplebridge-recording");
        try {
            part.play(folder);
        } catch (IOException | RuntimeException | InterruptedException | Finisher.Failed e) {
            findings.fault("the part " + name + " broke off: " + e);
        } finally {
            TemporaryFolder.remove(folder);
        }
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        System.out.printf(Locale.ROOT, "part %s: %.0f s%n", name, seconds);
    }

    /// The same fifty cameras unrecorded and recorded, in turn: what recording costs is the
    /// difference.
    private void load(Path folder) throws IOException {
        int windows = quick ? 2 : 4;
        long windowNanos = (quick ? 15 : 40) * NANOS_PER_SECOND;
        try (var server = ServerProcess.start();
                var cameras = new Cameras(server)) {
            for (int i = 0; i < STREAMS; i++) {
                var pattern = new VideoPattern(BITS_PER_SECOND, FRAMES_PER_SECOND, i);
                cameras.publish("camera" + i, pattern);
            }
            double _ = cpuPercent(server, 5 * NANOS_PER_SECOND); // warms up
            long _ = cameras.takeLatenessNanos();
            var without = new ArrayList<Double>();
            var with = new ArrayList<Double>();
            for (int window = 0; window < windows; window++) {
                without.add(cpuPercent(server, windowNanos));
                with.add(recorded(server, folder, window, windowNanos));
            }
            double late = cameras.takeLatenessNanos() / 1e6;
            double bare = mean(without);
            double full = mean(with);
            findings.figure("cpu_pct_per_stream", (full - bare) / STREAMS);
            findings.figure("cpu_pct_without", bare);
            findings.figure("cpu_pct_with", full);
            findings.figure("packets_missing", (double) missing);
            findings.figure("late_ms_max", late);
            if (late > LATE_MILLIS) {
                findings.fault("the cameras were up to " + Math.round(late) + " ms late");
            }
        }
    }

    private static double cpuPercent(ServerProcess server, long windowNanos) throws IOException {
        long beganNanos = System.nanoTime();
        long cpu = server.figures().cpuNanos();
        LockSupport.parkNanos(windowNanos);
        return 100.0 * (server.figures().cpuNanos() - cpu) / (System.nanoTime() - beganNanos);
    }

    private double recorded(ServerProcess server, Path folder, int window, long windowNanos)
            throws IOException {
        for (int i = 0; i < STREAMS; i++) {
            String _ = server.ask("record camera" + i + " " + file(folder, window, i));
        }
        double percent = cpuPercent(server, windowNanos);
        int incomplete = 0;
        for (int i = 0; i < STREAMS; i++) {
            String ended = server.ask("stop camera" + i);
            incomplete += ended.equals("missed=0 complete=true") ? 0 : 1;
        }
        if (incomplete > 0) {
            findings.fault(incomplete + " recordings in window " + window + " are incomplete");
        }
        long packets = 0;
        long holes = 0;
        long bytes = 0;
        for (int i = 0; i < STREAMS; i++) {
            RecordedFile read = RecordedFile.read(file(folder, window, i));
            if (!read.verdict().closed()) {
                findings.fault("recording " + i + " is not sound: " + read.verdict());
            }
            packets += read.packets();
            holes += read.holes();
            bytes += read.verdict().bytes();
            Files.delete(file(folder, window, i));
        }
        findings.sample(
                Map.of(
                        "part",
                        "load",
                        "what",
                        STREAMS + " recorded for " + windowNanos / NANOS_PER_SECOND + " s",
                        "packets",
                        packets,
                        "holes",
                        holes,
                        "mib",
                        bytes >> 20,
                        "cpu_pct",
                        percent));
        missing += holes;
        if (holes > 0) {
            findings.fault(holes + " packets are missing in window " + window);
        }
        return percent;
    }

    private static Path file(Path folder, int window, int camera) {
        return folder.resolve(window + "-" + camera + ".rec");
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(value -> value).average().orElse(Double.NaN);
    }

    /// Each time the relay is killed at a moment of its own choosing; every file is proved,
    /// finished, and played to its end.
    private void kill(Path folder) throws IOException, Finisher.Failed {
        double worst = 0;
        int files = 0;
        for (int round = 0; round < rounds; round++) {
            var patterns = new ArrayList<CameraPattern>();
            long killedMillis;
            Path there = Files.createDirectories(folder.resolve("round" + round));
            try (var server = ServerProcess.start();
                    var cameras = new Cameras(server)) {
                for (int i = 0; i < KILLED_STREAMS; i++) {
                    patterns.add(new CameraPattern());
                    cameras.publish("camera" + i, patterns.getLast());
                    String _ = server.ask("record camera" + i + " " + file(there, 0, i));
                }
                LockSupport.parkNanos(
                        random.nextLong(2, 5) * NANOS_PER_SECOND
                                + random.nextLong(NANOS_PER_SECOND));
                killedMillis = System.currentTimeMillis();
                server.kill();
            }
            patterns.forEach(CameraPattern::close);
            double lost = 0;
            for (int i = 0; i < KILLED_STREAMS; i++) {
                lost = Math.max(lost, killedMillis - played(file(there, 0, i), there));
                files++;
            }
            worst = Math.max(worst, lost);
            findings.sample(
                    Map.of(
                            "part",
                            "kill",
                            "what",
                            "kill -9 number " + (round + 1),
                            "files",
                            KILLED_STREAMS,
                            "lost_ms",
                            lost));
        }
        findings.figure("kill_seconds_lost_max", worst / 1_000);
        findings.figure("kill_rounds", rounds);
        findings.figure("kill_files_finished", files);
    }

    /// @return up to when it plays, on the wall clock
    private double played(Path recording, Path folder) throws IOException, Finisher.Failed {
        RecordedFile read = RecordedFile.read(recording);
        if (!read.verdict().sound() || read.verdict().closed() || read.holes() > 0) {
            findings.fault(recording.getFileName() + " after a kill: " + read.verdict());
        }
        var piece = FinishHere.finish(List.of(recording), RelayUnderTest.KEY, folder);
        double last = Double.NaN;
        long pictures = 0;
        try (var reader = PieceReader.picture(piece.file())) {
            for (AVFrame frame = reader.next(); frame != null; frame = reader.next()) {
                last = piece.beganMillis() + reader.atNanos(frame) / 1e6;
                pictures++;
            }
        }
        if (pictures < FRAMES_PER_SECOND) {
            findings.fault(recording.getFileName() + " plays " + pictures + " pictures only");
        }
        return Math.min(last, read.lastMillis());
    }

    private void lipSync(Path folder) throws IOException, InterruptedException, Finisher.Failed {
        long minutes = quick ? 5 : 30;
        var result = LipSyncRun.run(folder, minutes * 60 * NANOS_PER_SECOND);
        findings.figure("lip_sync_ms_max", result.worstMillis());
        findings.figure("lip_sync_minutes", (double) minutes);
        findings.sample(
                Map.of(
                        "part", "lipsync",
                        "what", minutes + " min, 5 % loss, clocks that drift",
                        "flashes", result.flashes(),
                        "beeps", result.beeps(),
                        "pictures_left_out", result.piece().framesLeftOut(),
                        "concealed_ms", result.piece().concealedMillis()));
        if (result.flashes() != minutes * 6 || result.beeps() != minutes * 6) {
            findings.fault(result.flashes() + " flashes and " + result.beeps() + " beeps");
        }
    }
}
