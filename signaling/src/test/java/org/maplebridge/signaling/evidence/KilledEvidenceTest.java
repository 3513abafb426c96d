package org.maplebridge.signaling.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.EvidenceId;

/// Another process takes pictures and is killed in the middle of it, five times: what was answered
/// is there with its file and its journal, once; what had all come is finished by the next start.
class KilledEvidenceTest {
    private static final int AT_LEAST = 40;

    /// Static: all rounds pile up in one database.
    @TempDir static Path directory;

    private static final Set<String> ACKNOWLEDGED = new LinkedHashSet<>();

    @RepeatedTest(5)
    void whatWasAnsweredIsThereOnceAfterKillMinusNine(RepetitionInfo round) throws Exception {
        var sent = acknowledged(round.getCurrentRepetition());
        assertThat(sent).hasSizeGreaterThanOrEqualTo(AT_LEAST).doesNotHaveDuplicates();
        ACKNOWLEDGED.addAll(sent);
        assertAllThere();
    }

    private static void assertAllThere() throws Exception {
        try (JdbcRecord record = JdbcRecord.open(JdbcSettings.embedded(directory))) {
            var desk = EvidenceSendingProcess.desk(record, directory);
            desk.recover();
            var files = new EvidenceFiles(directory.resolve("evidence"));
            for (var evidence : record.evidence().unfinished(1_000)) {
                assertThat(files.length(evidence)).isLessThan(evidence.claim().bytes());
            }
            for (String id : ACKNOWLEDGED) {
                var evidence = record.evidence().find(new EvidenceId(id)).orElseThrow();
                assertThat(evidence.hasArrived()).as(id).isTrue();
                byte[] file = Files.readAllBytes(files.find(evidence).orElseThrow());
                assertThat(EvidenceSendingProcess.hash(file)).isEqualTo(evidence.claim().sha256());
                var order = evidence.about().order();
                if (order == null) {
                    throw new AssertionError("about nothing");
                }
                assertThat(record.journal().about(Subject.of(order), 0, 9))
                        .as("one entry for each")
                        .singleElement()
                        .satisfies(entry ->
                                assertThat(entry.happening().kind())
                                        .isEqualTo(JournalKind.EVIDENCE_ADDED));
            }
        }
    }

    private static List<String> acknowledged(int round) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                EvidenceSendingProcess.class.getName(),
                                directory.toString(),
                                Integer.toString(round))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        var acknowledged = new ArrayList<String>();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (@Nullable String line = next(lines); line != null; line = next(lines)) {
                if (line.startsWith("acknowledged ") && line.endsWith(".")) {
                    acknowledged.add(line.substring("acknowledged ".length(), line.length() - 1));
                    if (acknowledged.size() == AT_LEAST) {
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

    private static @Nullable String next(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException closed) {
            return null;
        }
    }
}
