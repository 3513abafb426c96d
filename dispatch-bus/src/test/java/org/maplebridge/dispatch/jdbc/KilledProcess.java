package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Another process that writes into a record of its own, says so as each thing is acknowledged, and
/// is killed without warning in the middle of it.
final class KilledProcess {
    private KilledProcess() {}

    /// What was acknowledged, the last ones after the signal was sent.
    ///
    /// @param program is given the directory and the round, and prints `acknowledged ID.`
    static List<String> acknowledged(Class<?> program, Path directory, int round, int atLeast)
            throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                program.getName(),
                                directory.toString(),
                                Integer.toString(round))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var acknowledged = new ArrayList<String>();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = readOrEnd(lines)) != null; ) {
                if (line.startsWith("acknowledged ") && line.endsWith(".")) {
                    acknowledged.add(line.substring("acknowledged ".length(), line.length() - 1));
                    if (acknowledged.size() == atLeast) {
                        process.destroyForcibly(); // SIGKILL; what it still printed is read on
                    }
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("died of signal 9").isEqualTo(137);
            return acknowledged;
        } finally {
            process.destroyForcibly();
        }
    }

    @SuppressWarnings("NullAway") // null is how a reader says that nothing more comes
    private static String readOrEnd(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException closed) {
            return null;
        }
    }
}
