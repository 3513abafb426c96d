package org.maplebridge.media.finish;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.RecordingKey;
import org.maplebridge.media.record.file.Verdict;

/// Starts [Finish] for each wish, one after the other, below everything else on the machine.
///
/// Thread: any; each wish waits on a virtual thread.
public final class FinisherProcess implements Finisher {
    /// What starts a main class of a packed application.
    private static final String PACKED =
            "org.springframework.boot.loader.launch.PropertiesLauncher";

    private final Path scratch;
    private final long mostMinutes;
    private final Semaphore turns;

    /// @param scratch where FFmpeg's libraries are unpacked, once
    /// @param mostMinutes a process that takes longer is ended
    /// @param atOnce how many may run
    public FinisherProcess(Path scratch, long mostMinutes, int atOnce) {
        this.scratch = scratch;
        this.mostMinutes = mostMinutes;
        this.turns = new Semaphore(atOnce, true);
    }

    @Override
    public CompletableFuture<Piece> finish(Wish wish) {
        var answer = new CompletableFuture<Piece>();
        Thread.ofVirtual()
                .name("finisher")
                .start(() -> {
                    try {
                        turns.acquire();
                        try {
                            answer.complete(run(wish));
                        } finally {
                            turns.release();
                        }
                    } catch (InterruptedException e) {
                        answer.completeExceptionally(new Failed("broke-off", "interrupted"));
                    } catch (Failed e) {
                        answer.completeExceptionally(e);
                    } catch (IOException | RuntimeException e) {
                        answer.completeExceptionally(new Failed("broke-off", e.toString()));
                    }
                });
        return answer;
    }

    @Override
    public Proof prove(Path recording) throws IOException {
        Verdict verdict = Verify.read(recording);
        return new Proof(
                verdict.sound(),
                verdict.closed(),
                verdict.beganMillis(),
                verdict.endedMillis(),
                verdict.bytes(),
                verdict.chain(),
                verdict.damage());
    }

    private Piece run(Wish wish) throws IOException, InterruptedException, Failed {
        Process process =
                new ProcessBuilder(command(wish))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            try (var keys = process.outputWriter(StandardCharsets.UTF_8)) {
                for (RecordingKey key : wish.keys()) {
                    keys.write(key.name() + " " + HexFormat.of().formatHex(key.secret()) + "\n");
                }
            }
            var reading = new CompletableFuture<String>();
            Thread.ofVirtual().start(() -> reading.complete(lastLine(process)));
            if (!process.waitFor(mostMinutes, TimeUnit.MINUTES)) {
                throw new Failed("broke-off", "it took more than " + mostMinutes + " minutes");
            }
            return read(reading.join(), process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static String lastLine(Process process) {
        String last = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        } catch (IOException e) {
            return last; // it was ended
        }
        return last;
    }

    private static Piece read(String line, int exit) throws Failed {
        String[] words = line.split("\t", 3);
        if (words.length == 3 && words[0].equals("failed")) {
            throw new Failed(words[1], words[2]);
        }
        Piece piece = words[0].equals("ok") ? PieceLine.read(line.substring(3)) : null;
        if (piece == null) {
            throw new Failed("broke-off", "its process ended with " + exit);
        }
        return piece;
    }

    private List<String> command(Wish wish) {
        var command = new ArrayList<>(List.of("nice", "-n", "10"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dorg.bytedeco.javacpp.cachedir=" + scratch,
                        "-cp",
                        System.getProperty("java.class.path")));
        if (resource(PACKED.replace('.', '/') + ".class") != null) {
            command.addAll(List.of("-Dloader.main=" + Finish.class.getName(), PACKED));
        } else {
            command.add(Finish.class.getName());
        }
        command.addAll(
                List.of(
                        "--out=" + wish.folder(),
                        "--name=" + wish.name(),
                        "--from=" + wish.fromMillis(),
                        "--to=" + wish.toMillis()));
        wish.recordings().forEach(recording -> command.add(recording.toString()));
        return command;
    }

    private static @Nullable URL resource(String name) {
        return ClassLoader.getSystemClassLoader().getResource(name);
    }
}
