package org.maplebridge.dispatch.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Eventually;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.Telemetry.Reach;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import redis.clients.jedis.exceptions.JedisException;

/// The master dies, sentinels make another one, and the nodes follow.
class SentinelTest {
    private static final UnitId CAR = new UnitId("car1");

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(60);

    @TempDir Path folder;

    @Test
    void theNodesFollowTheMasterThatSentinelsChoose() throws Exception {
        try (var master = RedisServer.start();
                var replica =
                        RedisServer.start(
                                "--replicaof", "127.0.0.1", Integer.toString(master.port()))) {
            int port = RedisServer.freePort();
            var sentinel = sentinel(port, master.port());
            try (var node = node(port);
                    var other = node(port)) {
                Eventually.holds(() -> assertThat(node.reach()).isEqualTo(Reach.SHARED));
                node.positions().report(position(1));
                Eventually.holds(() -> assertThat(onServer(replica)).isEqualTo(line(1)));

                master.kill();
                node.positions().report(position(2));

                Eventually.holds(() -> assertThat(onServer(replica)).isEqualTo(line(2)));
                Eventually.holds(() -> assertThat(other.positions().of(CAR)).contains(position(2)));
                assertThat(node.reach()).isEqualTo(Reach.SHARED);
            } finally {
                sentinel.destroyForcibly().onExit().join();
            }
        }
    }

    private Process sentinel(int port, int masterPort) throws IOException {
        var settings = folder.resolve("sentinel.conf");
        Files.writeString(
                settings,
                """
                port %d
                bind 127.0.0.1
                protected-mode no
                sentinel monitor county 127.0.0.1 %d 1
                sentinel auth-pass county %s
                sentinel down-after-milliseconds county 500
                sentinel failover-timeout county 3000
                """
                        .formatted(port, masterPort, RedisServer.PASSWORD));
        return new ProcessBuilder(
                        RedisServer.program().orElseThrow().toString(),
                        settings.toString(),
                        "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static Telemetry node(int sentinelPort) {
        return RedisTelemetry.start(
                RedisSettings.of(
                        "redis://:" + RedisServer.PASSWORD_IN_URL + "@sentinels-know",
                        List.of("127.0.0.1:" + sentinelPort),
                        "county",
                        "county"),
                TrackLimits.STANDARD,
                Telemetry.CLAIM_AFTER,
                InstantSource.system());
    }

    private static String onServer(RedisServer server) {
        try (var client = server.client()) {
            return String.valueOf(client.hget(new Keys("county").positions(), CAR.value()));
        } catch (JedisException e) {
            return e.toString();
        }
    }

    private String line(int second) {
        return PositionText.of(position(second));
    }

    private Position position(int second) {
        return new Position(CAR, new GeoPoint(28.37, 121.36), 8.5, start.plusSeconds(second));
    }
}
