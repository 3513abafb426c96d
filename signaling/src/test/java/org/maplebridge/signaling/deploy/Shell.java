package org.maplebridge.signaling.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/// Programs as a technician calls them.
final class Shell {
    /// @param said both what it wrote and what it complained of
    record Result(int code, String said) {}

    private static final Path ROOT = root();

    private Shell() {}

    /// A file of the project.
    static Path file(String path) {
        return ROOT.resolve(path);
    }

    /// Leaves the test out where the system lacks one of these.
    static void needs(String... programs) {
        for (String program : programs) {
            if (!isThere(program)) {
                throw new TestAbortedException("not on this system: " + program);
            }
        }
    }

    static boolean isThere(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    static Result run(Object... command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }

    static Result run(Map<String, String> environment, Object... command)
            throws IOException, InterruptedException {
        List<String> words = Arrays.stream(command).map(String::valueOf).toList();
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no end of " + words);
        }
        return new Result(process.exitValue(), said);
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("bin/run"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("not within the project");
            }
            folder = parent;
        }
        return folder;
    }
}
