package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Another process places orders and says so as each one is acknowledged; it is killed without
/// warning in the middle of it.
class KilledProcessTest {
    /// Static: the three rounds pile up in one database.
    @TempDir static Path directory;

    private static final Set<OrderId> ACKNOWLEDGED = new HashSet<>();

    @ParameterizedTest(name = "round {0}")
    @ValueSource(ints = {1, 2, 3})
    void everyAcknowledgedOrderIsFoundAgainAfterKillMinusNine(int round) throws Exception {
        int before = ACKNOWLEDGED.size();

        acknowledgedUntilKilled(round, 40);

        assertThat(ACKNOWLEDGED.size() - before).isGreaterThanOrEqualTo(20);
        assertAllFound();
    }

    private static void acknowledgedUntilKilled(int round, int atLeast) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OrderPlacingProcess.class.getName(),
                                directory.toString(),
                                Integer.toString(round))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int heard = 0;
            for (String line; (line = readOrEnd(lines)) != null; ) {
                if (line.startsWith("acknowledged ") && line.endsWith(".")) {
                    String id = line.substring("acknowledged ".length(), line.length() - 1);
                    ACKNOWLEDGED.add(new OrderId(id));
                    if (++heard == atLeast) {
                        process.destroyForcibly(); // SIGKILL; what it still printed is read on
                    }
                }
            }
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("died of signal 9").isEqualTo(137);
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

    private static void assertAllFound() throws RecordUnavailable {
        try (JdbcRecord record = JdbcRecord.open(JdbcSettings.embedded(directory))) {
            for (OrderId id : ACKNOWLEDGED) {
                assertThat(record.orders().find(id)).as("order %s", id).isPresent();
                assertThat(record.journal().about(Subject.of(id), 0, 9))
                        .as("journal of %s", id)
                        .hasSize(1);
            }
            List<Long> numbers = ACKNOWLEDGED.stream().map(id -> found(record, id)).toList();
            assertThat(numbers).doesNotHaveDuplicates();
        }
    }

    private static long found(JdbcRecord record, OrderId id) {
        try {
            return record.orders().find(id).orElseThrow().number();
        } catch (RecordUnavailable gone) {
            throw new AssertionError(gone);
        }
    }
}
