package org.maplebridge.dispatch.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Alarms.Handed;
import org.maplebridge.dispatch.telemetry.Alarms.Intake;
import org.maplebridge.dispatch.telemetry.Eventually;
import org.maplebridge.dispatch.telemetry.Near;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.Telemetry.Reach;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.maplebridge.dispatch.telemetry.TrackLimits;

/// Redis is killed in the middle of the work, and comes back; with what it had, or without.
class RedisOutageTest {
    private static final GeoPoint HERE = new GeoPoint(28.37, 121.36);

    /// Whoever waited for an answer would wait for half a second.
    private static final Duration A_TIME_OUT = Duration.ofMillis(200);

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);
    private RedisServer server;
    private Telemetry node;
    private Telemetry other;

    @BeforeEach
    void open() throws Exception {
        server = RedisServer.start("--appendfsync", "always");
        node = node();
        other = node();
    }

    @AfterEach
    void close() throws Exception {
        if (server != null) {
            node.close();
            other.close();
            server.close();
        }
    }

    @Test
    void positionsAndTracksGoOnInMemoryAndAreWrittenOnWhenRedisIsBack() throws Exception {
        report(position("car1", 0));
        Eventually.holds(() -> assertThat(other.positions().of(new UnitId("car1"))).isPresent());

        server.kill();
        for (int second = 1; second <= 20; second++) {
            report(position("car1", second));
            report(position("car2", second));
            assertThat(node.positions().of(new UnitId("car1"))).contains(position("car1", second));
        }
        Eventually.holds(() -> assertThat(node.reach()).isEqualTo(Reach.AWAY));
        assertThat(near(node))
                .containsExactlyInAnyOrder(position("car1", 20), position("car2", 20));
        assertThat(track(node, "car2")).hasSize(20);

        server.startAgain();

        Eventually.holds(() -> {
            assertThat(near(other))
                    .containsExactlyInAnyOrder(position("car1", 20), position("car2", 20));
            assertThat(track(other, "car1")).hasSize(21);
            assertThat(track(other, "car2")).hasSize(20);
        });
        assertThat(node.reach()).isEqualTo(Reach.SHARED);
        assertThat(node.lost()).isZero();
    }

    @Test
    void aRedisThatComesBackEmptyIsToldWhereEverybodyIs() throws Exception {
        report(position("car1", 0));
        Eventually.holds(() -> assertThat(near(other)).containsExactly(position("car1", 0)));
        server.kill();
        server.forgetEverything();
        server.startAgain();

        Eventually.holds(() -> {
            try (var fresh = node()) {
                assertThat(near(fresh)).containsExactly(position("car1", 0));
            }
        });
    }

    @Test
    void alarmsAreRefusedByNameWhileRedisIsAwayAndNoneThatWasTakenIsLost() throws Exception {
        assertThat(node.alarms().append(alarm("a-1"))).isEqualTo(Intake.TAKEN);
        assertThat(node.alarms().append(alarm("a-2"))).isEqualTo(Intake.TAKEN);
        assertThat(node.alarms().read("dies", 1, Duration.ofSeconds(1))).hasSize(1);

        server.kill();
        assertThat(node.alarms().append(alarm("a-3"))).isEqualTo(Intake.AWAY);
        assertThatThrownBy(() -> other.alarms().read("other", 10, Duration.ofMillis(10)))
                .isInstanceOf(TelemetryUnavailable.class);
        assertThat(median(5, () -> node.alarms().append(alarm("a-3")))).isLessThan(A_TIME_OUT);
        server.startAgain();

        Eventually.holds(
                () -> assertThat(node.alarms().append(alarm("a-3"))).isNotEqualTo(Intake.AWAY));
        assertThat(node.alarms().append(alarm("a-1"))).isEqualTo(Intake.REPEATED);
        var read = new ArrayList<Handed>();
        Eventually.holds(() -> {
            try {
                read.addAll(other.alarms().read("other", 10, Duration.ofMillis(100)));
            } catch (TelemetryUnavailable _) {
                // the other node has not noticed yet that Redis is back
            }
            assertThat(read)
                    .extracting(handed -> handed.alarm().id().value())
                    .containsExactlyInAnyOrder("a-1", "a-2", "a-3");
        });
    }

    @Test
    void aNodeStartsWithoutRedisAndFindsItLater() throws Exception {
        server.kill();
        try (var early = node()) {
            assertThat(early.reach()).isEqualTo(Reach.AWAY);
            early.positions().report(position("car9", 1));
            server.startAgain();

            Eventually.holds(() -> {
                assertThat(early.reach()).isEqualTo(Reach.SHARED);
                assertThat(other.positions().of(new UnitId("car9"))).isPresent();
            });
        }
    }

    @Test
    void aRedisThatHangsKeepsNobodyWaiting() throws Exception {
        report(position("car1", 0));
        Eventually.holds(() -> assertThat(near(other)).containsExactly(position("car1", 0)));
        server.freeze();

        assertThat(median(9, () -> report(position("car1", 1)))).isLessThan(A_TIME_OUT);
        assertThat(median(9, () -> assertThat(near(node)).containsExactly(position("car1", 1))))
                .isLessThan(A_TIME_OUT);
        Eventually.holds(() -> assertThat(node.reach()).isEqualTo(Reach.AWAY));

        server.thaw();
        Eventually.holds(() -> assertThat(node.reach()).isEqualTo(Reach.SHARED));
    }

    @Test
    void aRedisThatOnlyLetsItselfBeReadIsAway() throws Exception {
        try (var operator = server.client()) {
            operator.sendCommand(() -> bytes("REPLICAOF"), bytes("127.0.0.1"), bytes("1"));
            Eventually.holds(() -> assertThat(node.reach()).isEqualTo(Reach.AWAY));
            report(position("car1", 1));
            assertThat(node.alarms().append(alarm("a-1"))).isEqualTo(Intake.AWAY);

            operator.sendCommand(() -> bytes("REPLICAOF"), bytes("NO"), bytes("ONE"));
            Eventually.holds(() -> assertThat(near(other)).containsExactly(position("car1", 1)));
            assertThat(node.reach()).isEqualTo(Reach.SHARED);
        }
    }

    @Test
    void aWrongPasswordIsAnAbsenceNotAnEnd() {
        var url = "redis://:wrong@127.0.0.1:" + server.port();
        try (var locked =
                RedisTelemetry.start(
                        RedisSettings.of(url, List.of(), "maplebridge", "county"),
                        TrackLimits.STANDARD,
                        Telemetry.CLAIM_AFTER,
                        InstantSource.system())) {
            locked.positions().report(position("car1", 1));

            assertThat(locked.reach()).isEqualTo(Reach.AWAY);
            assertThat(near(locked)).containsExactly(position("car1", 1));
        }
    }

    private static byte[] bytes(String word) {
        return word.getBytes(UTF_8);
    }

    /// The median, because on a busy machine anything may take long once.
    private static Duration median(int times, Runnable call) {
        return Duration.ofNanos(
                IntStream.range(0, times)
                        .mapToLong(_ -> {
                            long before = System.nanoTime();
                            call.run();
                            return System.nanoTime() - before;
                        })
                        .sorted()
                        .skip(times / 2)
                        .findFirst()
                        .orElseThrow());
    }

    private void report(Position position) {
        node.positions().report(position);
        node.tracks().append(position);
    }

    private List<Position> near(Telemetry asked) {
        return asked.positions().nearest(HERE, 5_000, 10, start.minusSeconds(60)).stream()
                .map(Near::position)
                .toList();
    }

    private List<Position> track(Telemetry asked, String unit) {
        return asked.tracks().between(new UnitId(unit), start, start.plusSeconds(60), 100);
    }

    private Position position(String unit, int second) {
        return new Position(new UnitId(unit), HERE, 8.5, start.plusSeconds(second));
    }

    private static Alarm alarm(String id) {
        return new Alarm(
                new AlarmId(id), "110", "fire", "smoke", null, Instant.ofEpochMilli(1_000));
    }

    private Telemetry node() {
        return RedisTelemetry.start(
                RedisSettings.of(server.url(), List.of(), "maplebridge", "county"),
                TrackLimits.STANDARD,
                Duration.ofMillis(300),
                InstantSource.system());
    }
}
