package org.maplebridge.signaling.boot.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;
import org.maplebridge.signaling.protocol.ServerMessage.PositionNews.PositionsChanged;

/// Two nodes, one Redis, and an absence of it.
class SharedTelemetryTest {
    private static final UnitId CAR = new UnitId("daxi-car1");

    @TempDir Path redisFolder;
    @TempDir Path oneData;
    @TempDir Path otherData;

    @Test
    void aCarAtOneNodeIsSeenAtTheOtherAndAnAbsenceOfRedisStopsNobody() throws Exception {
        try (var redis = TestRedis.startIn(redisFolder);
                var one = TestNode.on(oneData, "--maplebridge.redis.url=" + redis.url());
                var other = TestNode.on(otherData, "--maplebridge.redis.url=" + redis.url());
                var room = other.console("daxi");
                var car = one.terminal(CAR.value())) {
            room.snapshot();
            car.snapshot();
            var at = Instant.now().minusSeconds(20);

            assertThat(car.verdict(report(28.3701, at))).isEqualTo("ok");
            Eventually.holds(() -> isTold(room, 28.3701));
            assertThat(readiness(one)).contains("\"telemetry\":{\"status\":\"UP\"}");

            redis.kill();
            Eventually.holds(() -> isDegraded(one) && isDegraded(other));
            assertThat(one.get("daxi", "/actuator/health/readiness").statusCode()).isEqualTo(200);
            assertThat(readiness(one)).endsWith("\"status\":\"UP\"}");
            assertThat(car.verdict(report(28.3702, at.plusSeconds(2)))).isEqualTo("ok");
            Eventually.holds(() -> isTold(car, 28.3702));
            assertThat(one.get("daxi", "/actuator/prometheus").body())
                    .contains("maplebridge_telemetry_away 1.0");

            redis.startAgain();
            Eventually.holds(() -> isTold(room, 28.3702));
            Eventually.holds(() -> !isDegraded(one));
            Eventually.holds(() ->
                    other.bean("tracks", Tracks.class)
                                    .between(CAR, at.minusSeconds(1), Instant.now(), 10)
                                    .size()
                            == 2);
        }
    }

    private static boolean isTold(TestSocket socket, double latitude) {
        return socket.frames().stream()
                .map(frame -> frame.message())
                .filter(PositionsChanged.class::isInstance)
                .flatMap(message -> ((PositionsChanged) message).positions().stream())
                .anyMatch(told -> told.unit().equals(CAR.value()) && told.latitude() == latitude);
    }

    private static boolean isDegraded(TestNode node) {
        return readiness(node).contains("\"telemetry\":{\"status\":\"DEGRADED\"}");
    }

    private static String readiness(TestNode node) {
        return node.get("daxi", "/actuator/health/readiness").body();
    }

    private static PositionReport report(double latitude, Instant at) {
        return new PositionReport(new Place(latitude, 121.36), 8.5, at);
    }
}
