package org.maplebridge.signaling.boot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.signaling.replay.Seal;
import org.maplebridge.signaling.replay.chain.JournalSealer;

/// The journal of a stopped node gone through from outside.
class VerifyJournalTest {
    private final Seal seal = Seal.of(Seal.make());
    @TempDir Path folder;
    private String head = "";

    @BeforeEach
    void sealed() throws Exception {
        try (var record = JdbcRecord.open(JdbcSettings.embedded(folder))) {
            var sealer = new JournalSealer(record.seals(), seal, InstantSource.system());
            for (int i = 0; i < 3; i++) {
                var detail = Map.of("n", Integer.toString(i));
                record.journal()
                        .append(
                                new Happening(
                                        Instant.now(),
                                        JournalKind.UNIT_STATUS,
                                        null,
                                        null,
                                        List.of(),
                                        detail));
                assertThat(sealer.sealNow()).isTrue();
            }
            head = record.seals().head().orElseThrow().hash();
        }
    }

    @Test
    void whatNobodyTouchedIsRight() throws Exception {
        var key = "--key=" + seal.fingerprint();
        assertThat(run(0, "--data=" + folder, key, "--kept=3:" + head))
                .contains("OK     all is", "3 entries in 3 blocks", "newest block 3:" + head)
                .doesNotContain("WRONG", "INFO", "DEBUG");
    }

    @Test
    void whatWasTouchedIsNamed() throws Exception {
        sql("update journal_entry set detail = 'n=9\n' where detail = 'n=1\n'");
        sql("delete from journal_entry where detail = 'n=2\n'");
        var other = "--key=" + Seal.of(Seal.make()).fingerprint();
        assertThat(run(1, "--data=" + folder, other))
                .contains(
                        "WRONG  block 1 is sealed by a key that was not named",
                        "WRONG  entry 2 of block 2 was changed",
                        "WRONG  entry 3 of block 3 was removed",
                        "NOT AS IT WAS SEALED");
        assertThat(run(1, "--data=" + folder, "--kept=3:" + "0".repeat(64)))
                .contains("WRONG  block 3 is another one than was written down");
    }

    @Test
    void whatIsNotUnderstoodIsSaid() throws Exception {
        assertThat(run(2)).contains("Usage:");
        assertThat(run(2, "--data=" + folder, "--kept=3")).contains("Usage:");
        assertThat(run(2, "--data=" + folder, "more")).contains("Usage:");
        assertThat(run(2, "--database=jdbc:postgresql://127.0.0.1:1/none?user=a"))
                .contains("does not answer");
    }

    private String run(int status, String... words) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(VerifyJournal.class.getName());
        command.addAll(List.of(words));
        var out = folder.resolve("out");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        var said = Files.readString(out);
        assertThat(process.exitValue()).as(said).isEqualTo(status);
        return said;
    }

    private void sql(String statement) throws SQLException {
        var settings = JdbcSettings.embedded(folder);
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }
}
