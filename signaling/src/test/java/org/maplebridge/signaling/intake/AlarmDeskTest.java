package org.maplebridge.signaling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.intake.ReportRules;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.store.IncidentQuery;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.dispatch.telemetry.InProcessAlarms;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.maplebridge.signaling.codec.LoopFiles;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;

/// An alarm that was written and not acknowledged, because its node died in between, is found
/// written by whoever has it next.
class AlarmDeskTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration CLAIM_AFTER = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final Alarms alarms = new InProcessAlarms(CLAIM_AFTER, nanos::get);
    private final AtomicInteger rests = new AtomicInteger();
    private JdbcRecord record;

    @BeforeEach
    void open() throws RecordUnavailable {
        record =
                JdbcRecord.open(
                        JdbcSettings.of("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
        DemoCounty.load(record, "hash", NOW);
    }

    @AfterEach
    void close() {
        record.close();
    }

    @Test
    void writtenAndNotAcknowledgedIsNotWrittenTwice() throws Exception {
        assertThat(alarms.append(alarm("smoke-1"))).isEqualTo(Alarms.Intake.TAKEN);

        var dying = desk(new Forgetful(alarms), _ -> {});
        assertThat(dying.workOnce()).isFalse();
        assertThat(dying.worked()).isZero();
        assertThat(written("smoke-1")).hasSize(1);

        var next = desk(alarms, _ -> {});
        assertThat(next.workOnce()).isTrue();
        assertThat(next.worked()).as("the other one has it still").isZero();
        nanos.addAndGet(CLAIM_AFTER.toNanos());
        assertThat(next.workOnce()).isTrue();
        assertThat(next.worked()).isEqualTo(1);
        assertThat(written("smoke-1")).hasSize(1);
        nanos.addAndGet(CLAIM_AFTER.toNanos());
        assertThat(next.workOnce()).isTrue();
        assertThat(next.worked()).isEqualTo(1);
    }

    @Test
    void whatFailsByOurFaultComesAgainAndHoldsUpNobody() throws Exception {
        alarms.append(alarm("bad"));
        alarms.append(alarm("good"));
        var faults = new AtomicInteger();

        var desk =
                desk(
                        alarms,
                        _ -> {
                            if (faults.getAndIncrement() == 0) {
                                throw new IllegalStateException("told to fail once");
                            }
                        });
        assertThat(desk.workOnce()).isTrue();
        assertThat(desk.worked()).isEqualTo(1);
        nanos.addAndGet(CLAIM_AFTER.toNanos());
        assertThat(desk.workOnce()).isTrue();
        assertThat(desk.worked()).isEqualTo(2);
        assertThat(written("bad")).hasSize(1);
        assertThat(written("good")).hasSize(1);
        assertThat(rests).hasValue(0);
    }

    private AlarmDesk desk(Alarms from, Consumer<IncidentId> changed) throws RecordUnavailable {
        var rules = new ReportRules(null);
        var workflow = new LoopWorkflow(LoopFiles.read());
        var intake =
                new IntakeDesk(
                        record.reports(), workflow, rules, new Secrets(), changed, () -> NOW);
        return new AlarmDesk(
                from,
                record.intakeLists(),
                intake,
                new AlarmReading(rules),
                new Roster(record.organisation()),
                () -> NOW,
                rests::incrementAndGet);
    }

    private List<Dossier.Line> written(String id) throws RecordUnavailable {
        var all = new IncidentQuery(null, IncidentQuery.Ended.ALL, Set.of(), id, null, 100);
        return record.incidents().list(all).stream()
                .filter(line -> line.incident().title().endsWith(id))
                .toList();
    }

    private static Alarm alarm(String id) {
        return new Alarm(new AlarmId(id), "daxi-smoke", "smoke", id, null, NOW);
    }

    /// Dies before it says that it is done.
    private record Forgetful(Alarms alarms) implements Alarms {
        @Override
        public Intake append(Alarm alarm) {
            return alarms.append(alarm);
        }

        @Override
        public List<Handed> read(String consumer, int limit, Duration wait)
                throws TelemetryUnavailable, InterruptedException {
            return alarms.read(consumer, limit, wait);
        }

        @Override
        public void acknowledge(Handed handed) throws TelemetryUnavailable {
            throw new TelemetryUnavailable("gone");
        }
    }
}
