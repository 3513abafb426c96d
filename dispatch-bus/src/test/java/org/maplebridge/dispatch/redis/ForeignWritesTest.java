package org.maplebridge.dispatch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Alarm;
import org.maplebridge.dispatch.telemetry.Alarms.Intake;
import org.maplebridge.dispatch.telemetry.Eventually;
import org.maplebridge.dispatch.telemetry.Near;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/// Somebody else writes under our keys: nonsense, lies, things of another kind. What is ours works
/// on, and nothing of that reaches a screen.
class ForeignWritesTest {
    private static final Keys KEYS = new Keys("county");
    private static final UnitId CAR = new UnitId("car1");
    private static final GeoPoint HERE = new GeoPoint(28.37, 121.36);

    private static RedisServer server;
    private RedisClient stranger;
    private Telemetry node;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Position position = new Position(CAR, HERE, 8.5, now);

    @BeforeAll
    static void startServer() throws Exception {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        stranger = server.client();
        stranger.flushAll();
        node =
                RedisTelemetry.start(
                        RedisSettings.of(server.url(), List.of(), "maplebridge", "county"),
                        TrackLimits.STANDARD,
                        Telemetry.CLAIM_AFTER,
                        InstantSource.system());
    }

    @AfterEach
    void close() {
        node.close();
        stranger.close();
    }

    @Test
    void nonsenseAmongPositionsIsCountedAndClearedAway() {
        long future = now.plusSeconds(9_999_999).toEpochMilli();
        stranger.hset(
                KEYS.positions(),
                Map.of(
                        "car1",
                        "1," + future + ",280000000,1210000000,-",
                        "car2",
                        "<script>",
                        "no id",
                        PositionText.of(position),
                        "car3",
                        "x".repeat(100_000)));
        stranger.geoadd(KEYS.places(), 121.36, 28.37, "ghost");

        Eventually.holds(() -> assertThat(stranger.hlen(KEYS.positions())).isZero());
        assertThat(node.foreign()).isGreaterThanOrEqualTo(4);
        assertThat(node.positions().all()).isEmpty();

        node.positions().report(position);
        Eventually.holds(() ->
                assertThat(stranger.hget(KEYS.positions(), "car1"))
                        .isEqualTo(PositionText.of(position)));
        Eventually.holds(() ->
                assertThat(node.positions().nearest(HERE, 500, 5, now.minusSeconds(60)))
                        .extracting(Near::position)
                        .containsExactly(position));
        Eventually.holds(() -> {
            var _ = node.positions().nearest(HERE, 500, 5, now.minusSeconds(60));
            assertThat(stranger.zrange(KEYS.places(), 0, -1)).containsExactly("car1");
        });
    }

    @Test
    void keysOfAnotherKindAreTakenBack() {
        stranger.set(KEYS.places(), "mine");
        stranger.set(KEYS.track(CAR), "mine");
        stranger.set(KEYS.alarms(), "mine");
        node.positions().report(position);
        node.tracks().append(position);

        Eventually.holds(() -> {
            assertThat(stranger.type(KEYS.places())).isEqualTo("zset");
            assertThat(stranger.type(KEYS.track(CAR))).isEqualTo("stream");
        });
        assertThat(node.alarms().append(alarm())).isEqualTo(Intake.TAKEN);
        assertThat(node.reach()).isEqualTo(Telemetry.Reach.SHARED);
    }

    @Test
    void aPositionsKeyOfAnotherKindIsTakenBackToo() {
        stranger.set(KEYS.positions(), "mine");
        node.positions().report(position);

        Eventually.holds(() -> assertThat(stranger.type(KEYS.positions())).isEqualTo("hash"));
        Eventually.holds(() -> assertThat(node.reach()).isEqualTo(Telemetry.Reach.SHARED));
    }

    @Test
    void aTrackThatWasLedIntoTheFutureIsBegunAnew() {
        stranger.xadd(
                KEYS.track(CAR),
                new StreamEntryID(now.plusSeconds(9_999_999).toEpochMilli(), 0),
                Map.of("p", "x"));
        node.tracks().append(position);

        Eventually.holds(() -> assertThat(node.foreign()).isPositive());
        assertThat(stranger.xlen(KEYS.track(CAR))).isEqualTo(1);
        assertThat(node.tracks().between(CAR, now.minusSeconds(60), now, 10))
                .containsExactly(position);
    }

    @Test
    void nonsenseInATrackIsLeftOut() {
        stranger.xadd(
                KEYS.track(CAR),
                new StreamEntryID(now.toEpochMilli() - 5, 0),
                Map.of("p", PositionText.of(position)));
        stranger.xadd(
                KEYS.track(CAR), new StreamEntryID(now.toEpochMilli() - 4, 0), Map.of("q", "?"));

        assertThat(node.tracks().between(CAR, now.minusSeconds(60), now, 10)).isEmpty();
        assertThat(node.foreign()).isEqualTo(2);
    }

    @Test
    void nonsenseAmongAlarmsIsPutAwayAndDoesNotComeAgain() throws Exception {
        stranger.xadd(KEYS.alarms(), StreamEntryID.NEW_ENTRY, Map.of("v", "1", "id", "../etc"));
        node.alarms().append(alarm());

        var handed = node.alarms().read("one", 10, Duration.ofSeconds(1));

        assertThat(handed).extracting(one -> one.alarm()).containsExactly(alarm());
        node.alarms().acknowledge(handed.getFirst());
        assertThat(stranger.xlen(KEYS.alarms())).isZero();
        assertThat(node.foreign()).isEqualTo(1);
    }

    private static Alarm alarm() {
        return new Alarm(
                new AlarmId("a-1"), "110", "fire", "smoke", null, Instant.ofEpochMilli(1_000));
    }
}
