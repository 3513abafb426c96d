package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.NodesChanged;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerState;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.SessionMove;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.SessionEnding;
import org.maplebridge.signaling.session.Sessions;

/// A node is emptied for an upgrade, or is not after all.
class DrainClusterTest extends ClusterCase {
    DrainClusterTest() {
        super(2);
    }

    private static final String GROUP = "group-xinhe";

    @BeforeEach
    void start() {
        Eventually.holds(() -> first().bus().nodes().present().size() == 2);
        Eventually.holds(
                () -> TestNode.json(first().get("admin", "/api/nodes")).at("/nodes/1").isObject());
    }

    @Test
    void everybodyIsAskedWhoTalksLastAndTheRestIsClosedAtTheDeadline() {
        try (var room = first().console("xinhe").withMedia();
                var car = first().terminal("car1").withMedia()) {
            room.snapshot();
            car.verdict(new FloorRequest(GROUP, 0, null, null, null));
            car.await(FloorGranted.class);

            assertThat(drain(4).statusCode()).isEqualTo(202);

            assertThat(room.await(SessionMove.class).nodes())
                    .extracting(ServerNode::name)
                    .containsExactly("node-2");
            room.await(
                    NodesChanged.class,
                    news -> news.nodes().getFirst().state() == ServerState.DRAINING);
            assertThat(health("readiness")).isEqualTo("503 OUT_OF_SERVICE");
            assertThat(health("liveness")).isEqualTo("200 UP");
            assertThat(car.frames()).noneMatch(frame -> frame.message() instanceof SessionMove);

            car.verdict(new FloorRelease(GROUP));
            car.await(SessionMove.class);

            assertThat(room.await(SessionEnding.class).code()).isEqualTo(1001);
            assertThat(room.closeCode()).isEqualTo(1001);
            try (var late = TestSocket.connect(first(), first().token("city"))) {
                late.raw("{\"type\":\"hello\",\"device\":\"console\"}");
                assertThat(late.closeCode()).isEqualTo(1001);
            }
            try (var moved =
                    TestSocket.resume(
                            node(1),
                            first().token("xinhe"),
                            false,
                            room.welcome().resume(),
                            room.lastSeq())) {
                assertThat(moved.welcome().moved()).isTrue();
            }
        }
    }

    @Test
    void anUndoStopsItAllAndWhoIsHereStays() {
        try (var room = first().console("xinhe")) {
            room.snapshot();
            assertThat(drain(3_600).statusCode()).isEqualTo(202);
            room.await(SessionMove.class);
            room.forget();

            assertThat(undo().statusCode()).isEqualTo(200);

            room.await(
                    NodesChanged.class, news -> news.nodes().getFirst().state() == ServerState.UP);
            assertThat(health("readiness")).startsWith("200 ");
            assertThat(room.verdict(new FloorRelease(GROUP))).isEqualTo("ok");
        }
    }

    @Test
    void nobodyWaitsForWhoHasLostTheirLine() {
        var nodes = TestNode.cluster(List.of(List.of("--maplebridge.drain-seconds=60"), List.of()));
        try (var leaving = nodes.getFirst();
                var staying = nodes.getLast()) {
            Eventually.holds(() ->
                    TestNode.json(leaving.get("admin", "/api/nodes")).at("/nodes/1").isObject());
            assertThat(staying.bus().nodes().present()).hasSize(2);
            var room = leaving.console("xinhe");
            room.snapshot();
            room.kill();
            Eventually.holds(() -> leaving.bean("sessions", Sessions.class).connected() == 0);

            assertTimeout(Duration.ofSeconds(50), leaving::close);
        }
    }

    @Test
    void nonsenseIsRefusedByName() {
        assertThat(code(undo())).isEqualTo("409 not-draining");
        assertThat(code(drain(0))).isEqualTo("400 malformed");
        assertThat(code(drain(1_000_000))).isEqualTo("400 malformed");
        assertThat(code(first().post("admin", "/api/nodes/self/drain", Map.of())))
                .isEqualTo("400 malformed");
        var body = Map.of("deadlineSeconds", 60);
        assertThat(code(first().post("xinhe", "/api/nodes/self/drain", body)))
                .isEqualTo("403 not-allowed");
        assertThat(drain(60).statusCode()).isEqualTo(202);
        assertThat(code(drain(60))).isEqualTo("409 draining");
        // The other one has nowhere to send anybody to.
        Eventually.holds(() ->
                code(node(1).post("admin", "/api/nodes/self/drain", body))
                        .equals("409 no-other-node"));
        assertThat(first().get("admin", "/api/audit?limit=20").body()).contains("NODE_DRAINED");
    }

    private TestNode first() {
        return node(0);
    }

    private HttpResponse<String> drain(int seconds) {
        return first().post("admin", "/api/nodes/self/drain", Map.of("deadlineSeconds", seconds));
    }

    private HttpResponse<String> undo() {
        return first().send(first().as("admin", "/api/nodes/self/drain").DELETE());
    }

    private String health(String question) {
        var answer = first().send(first().request("/actuator/health/" + question).GET());
        return answer.statusCode() + " " + TestNode.json(answer).get("status").asString();
    }

    private static String code(HttpResponse<String> answer) {
        return answer.statusCode() + " " + TestNode.json(answer).path("code").asString();
    }
}
