package org.maplebridge.load.ground;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs a program of the system to its end.
final class Command {
    private static final long PATIENCE_SECONDS = 60;

    private Command() {}

    /// @throws IOException with what it said when it ends otherwise than well
    static void run(List<String> command) throws IOException {
        run(command, "");
    }

    /// @param input what it reads
    static void run(List<String> command, String input) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        findSystemPrograms(builder.environment());
        var process = builder.start();
        try (var out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Whether it can be run here and ends well.
    static boolean works(List<String> command) {
        try {
            run(command);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void findSystemPrograms(Map<String, String> environment) {
        environment.merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
    }
}
