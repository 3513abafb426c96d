package org.maplebridge.media.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.api.RecordingId;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.api.RecordingPlan;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.record.file.RecordingReader;
import org.maplebridge.media.record.file.Verdict;

class KilledRecorderTest {
    private static final RecordingKey KEY = new RecordingKey("test", new byte[32]);
    private static final int PACKET_MILLIS = 5;
    private static final int SAID_BEFORE_THE_KILL = 400;

    @TempDir private Path folder;

    /// The other process records one packet every 5 ms and says each one's number.
    public static void main(String[] words) {
        var recorder = new SourceRecorder(new FolderStore(), _ -> {}, _ -> {}).start();
        var plan = new RecordingPlan(Path.of(words[0]), KEY);
        var id = new RecordingId("one");
        var opened = new CompletableFuture<SourceTap>();
        recorder.begin(id, new SourceId("camera"), plan, 1, opened::complete);
        SourceTap tap = opened.join();
        long begin = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            tap.packet(new LentPacket(i, 700));
            System.out.println(i);
            long due = begin + (i + 1L) * PACKET_MILLIS * 1_000_000;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    @Test
    void killedItLosesLessThanASecondAndWhatIsThereIsSound() throws Exception {
        Path file = folder.resolve("one.rec");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledRecorderTest.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        long said = -1;
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            while (said < SAID_BEFORE_THE_KILL) {
                said = Long.parseLong(Objects.requireNonNull(lines.readLine()));
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

        try (var in = Files.newInputStream(file)) {
            var verdict = Verdict.of(in);
            assertThat(verdict.sound()).isTrue();
            assertThat(verdict.closed()).isFalse();
        }
        long last = lastNumber(file);
        assertThat((said - last) * PACKET_MILLIS).isLessThan(1_000);
    }

    private static long lastNumber(Path file) throws IOException {
        long next = 0;
        try (var in = Files.newInputStream(file)) {
            var reader = new RecordingReader(in, _ -> KEY);
            for (var block = reader.next(); block != null; block = reader.next()) {
                for (Entry entry : block.entries()) {
                    if (entry instanceof Entry.Packet packet) {
                        assertThat(packet.seq()).isEqualTo(next++);
                    }
                }
            }
        }
        return next - 1;
    }
}
