package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore.Taking;

/// Another process takes reports and is killed in the middle of it, ten times: what was answered is
/// there with its incident and its journal, once, and who repeats it is told so.
class KilledIntakeTest {
    /// Static: all rounds pile up in one database.
    @TempDir static Path directory;

    private static final Set<String> ACKNOWLEDGED = new LinkedHashSet<>();

    @RepeatedTest(10)
    void whatWasAnsweredIsThereOnceAfterKillMinusNine(RepetitionInfo round) throws Exception {
        var taken =
                KilledProcess.acknowledged(
                        ReportTakingProcess.class, directory, round.getCurrentRepetition(), 40);
        assertThat(taken).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
        ACKNOWLEDGED.addAll(taken);
        assertAllThere();
    }

    private static void assertAllThere() throws RecordUnavailable {
        try (JdbcRecord record = JdbcRecord.open(JdbcSettings.embedded(directory))) {
            var reports = new HashSet<String>();
            var numbers = new HashSet<String>();
            var opened = new HashSet<String>();
            for (String id : ACKNOWLEDGED) {
                var again = ReportContract.take(record, ReportContract.report(id, "again"), null);
                assertThat(again).as(id).isInstanceOf(Taking.Repeated.class);
                var repeated = (Taking.Repeated) again;
                var incident = repeated.incident();
                reports.add(repeated.report().id().value());
                numbers.add(incident.number());
                opened.add(incident.id().value());
                var about = record.reports().about(incident.id(), 9);
                assertThat(about).contains(repeated.report());
                assertThat(record.journal().about(Subject.of(incident.id()), 0, 9))
                        .as("an entry for each report of %s", id)
                        .hasSameSizeAs(about);
            }
            assertThat(reports).hasSameSizeAs(ACKNOWLEDGED);
            assertThat(numbers).hasSameSizeAs(opened).hasSizeLessThan(reports.size());
        }
    }
}
