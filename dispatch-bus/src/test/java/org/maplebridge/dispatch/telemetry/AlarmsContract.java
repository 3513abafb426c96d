package org.maplebridge.dispatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.telemetry.Alarms.Handed;
import org.maplebridge.dispatch.telemetry.Alarms.Intake;

/// What the intake of alarms promises. Each test has an intake of its own.
public abstract class AlarmsContract {
    /// Longer than a busy machine keeps a consumer from acknowledging.
    protected static final Duration CLAIM_AFTER = Duration.ofSeconds(3);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration NOT_AT_ALL = Duration.ofMillis(1);

    protected abstract Telemetry here();

    protected abstract Telemetry there();

    @Test
    void anAlarmIsHandedOnAsItCameIn() throws Exception {
        var fire = alarm("a-1", "浓烟,二楼 \"老街\"\nsecond line", new GeoPoint(28.3702, 121.3667));
        var theft = alarm("a-2", "theft", null);

        assertThat(here().alarms().append(fire)).isEqualTo(Intake.TAKEN);
        assertThat(here().alarms().append(theft)).isEqualTo(Intake.TAKEN);

        assertThat(there().alarms().read("there", 10, SOON))
                .extracting(Handed::alarm)
                .containsExactly(fire, theft);
    }

    @Test
    void anIdThatWasTakenIsTheSameAlarmAlsoWhenItWasWorkedOff() throws Exception {
        here().alarms().append(alarm("a-1"));
        assertThat(there().alarms().append(alarm("a-1"))).isEqualTo(Intake.REPEATED);

        var handed = there().alarms().read("there", 10, SOON);
        there().alarms().acknowledge(handed.getFirst());
        there().alarms().acknowledge(handed.getFirst());

        assertThat(handed).hasSize(1);
        assertThat(here().alarms().append(alarm("a-1"))).isEqualTo(Intake.REPEATED);
        assertThat(here().alarms().read("here", 10, NOT_AT_ALL)).isEmpty();
    }

    @Test
    void eachAlarmIsHandedToOneConsumer() throws Exception {
        int alarms = 200;
        var all = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers =
                    List.of(
                            threads.submit(readUntilNothingComes(here(), "one")),
                            threads.submit(readUntilNothingComes(there(), "two")),
                            threads.submit(readUntilNothingComes(there(), "three")));
            for (int i = 0; i < alarms; i++) {
                here().alarms().append(alarm("a-" + i));
            }
            for (var reader : readers) {
                all.addAll(reader.get());
            }
        }

        assertThat(all).hasSize(alarms).doesNotHaveDuplicates();
    }

    @Test
    void whatADeadConsumerLeftIsHandedToAnotherAfterAWhile() throws Exception {
        here().alarms().append(alarm("a-1"));
        here().alarms().append(alarm("a-2"));
        var done = here().alarms().read("dead", 1, SOON);
        here().alarms().acknowledge(done.getFirst());
        long handedNanos = System.nanoTime();
        assertThat(here().alarms().read("dead", 1, SOON)).hasSize(1);

        var claimed = new ArrayList<Handed>();
        Eventually.holds(() -> {
            claimed.addAll(there().alarms().read("other", 10, Duration.ofMillis(100)));
            assertThat(claimed).hasSize(1);
        });

        assertThat(claimed.getFirst().alarm()).isEqualTo(alarm("a-2"));
        assertThat(System.nanoTime() - handedNanos)
                .isGreaterThanOrEqualTo(CLAIM_AFTER.toNanos() * 9 / 10);
        there().alarms().acknowledge(claimed.getFirst());
        long until = System.nanoTime() + CLAIM_AFTER.toNanos() * 11 / 10;
        while (System.nanoTime() - until < 0) {
            assertThat(there().alarms().read("other", 10, Duration.ofMillis(200))).isEmpty();
        }
    }

    @Test
    void whoReportsMoreThanAnybodyWorksOffIsTold() throws Exception {
        for (int i = 0; i < Alarms.MOST_OPEN; i++) {
            here().alarms().append(alarm("a-" + i));
        }
        assertThat(here().alarms().append(alarm("one-more"))).isEqualTo(Intake.FULL);

        var handed = there().alarms().read("there", 1, SOON);
        there().alarms().acknowledge(handed.getFirst());

        assertThat(here().alarms().append(alarm("one-more"))).isEqualTo(Intake.TAKEN);
    }

    private static Callable<List<String>> readUntilNothingComes(Telemetry node, String consumer) {
        return () -> {
            var read = new ArrayList<String>();
            for (var handed = node.alarms().read(consumer, 7, SOON);
                    !handed.isEmpty();
                    handed = node.alarms().read(consumer, 7, SOON)) {
                for (var one : handed) {
                    node.alarms().acknowledge(one);
                    read.add(one.alarm().id().value());
                }
            }
            return read;
        };
    }

    protected static Alarm alarm(String id) {
        return alarm(id, "烟雾", null);
    }

    private static Alarm alarm(String id, String text, @Nullable GeoPoint place) {
        var at = Instant.parse("2026-11-21T06:31:07.250Z").truncatedTo(ChronoUnit.MILLIS);
        return new Alarm(new AlarmId(id), "smoke:4711", "fire", text, place, at);
    }
}
