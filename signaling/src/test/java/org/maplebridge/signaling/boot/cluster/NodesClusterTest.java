package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.NodesChanged;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;

/// Which nodes people are told of, and that one node's sign-in and pages are good at the others.
class NodesClusterTest extends ClusterCase {
    NodesClusterTest() {
        super(2);
    }

    @Test
    void whoComesIsToldAllNodesAndLaterWhichOneLeft() {
        knowEachOther();
        try (var room = node(0).console("xinhe")) {
            var welcome = room.welcome();
            assertThat(welcome.nodes())
                    .extracting(ServerNode::name)
                    .containsExactly("node-1", "node-2");
            assertThat(welcome.nodes().get(1).url()).isEqualTo(origin(1));
            assertThat(welcome.node()).isEqualTo("node-1");
            room.snapshot();

            node(1).bus().close();

            var left = room.await(NodesChanged.class, news -> news.nodes().size() == 1);
            assertThat(left.nodes()).extracting(ServerNode::name).containsExactly("node-1");
        }
    }

    @Test
    void aSignInOfOneNodeHoldsAtTheOther() {
        var token = node(0).token("xinhe");
        assertThat(node(1).send(node(1).bearer(token, "/api/me").GET()).statusCode())
                .isEqualTo(200);
        var out = node(0).bearer(token, "/api/logout").POST(BodyPublishers.noBody());
        assertThat(node(0).send(out).statusCode()).isEqualTo(204);
        assertThat(node(1).send(node(1).bearer(token, "/api/me").GET()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void pagesOfKnownNodesMayAskAndOthersMayNot() {
        knowEachOther();
        assertThat(preflight(origin(1))).isEqualTo(origin(1));
        assertThat(preflight("https://evil.example")).isEmpty();
        assertThat(preflight(origin(1) + "0")).isEmpty();

        // A page stays open when the node that it came from is gone.
        node(1).bus().close();
        Eventually.holds(() -> node(0).bus().nodes().present().size() == 1);
        assertThat(preflight(origin(1))).isEqualTo(origin(1));
    }

    @Test
    void pagesMayTurnToTheOtherNodes() {
        knowEachOther();
        var policy = policy();
        assertThat(policy).contains("connect-src 'self' ws: wss: " + origin(1) + ";");
        assertThat(policy).doesNotContain(origin(0));
    }

    private String policy() {
        var answer = node(0).send(node(0).request("/").GET());
        return answer.headers().firstValue("Content-Security-Policy").orElse("");
    }

    /// The origin that may ask, or nothing.
    private String preflight(String origin) {
        var answer =
                node(0).send(
                                node(0).request("/api/bursts")
                                        .header("Origin", origin)
                                        .header("Access-Control-Request-Method", "GET")
                                        .header("Access-Control-Request-Headers", "authorization")
                                        .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        return answer.headers().firstValue("Access-Control-Allow-Origin").orElse("");
    }

    private void knowEachOther() {
        Eventually.holds(() -> node(0).bus().nodes().present().size() == 2);
        Eventually.holds(() -> policy().contains(origin(1)));
    }

    private String origin(int node) {
        return URI.create("http://127.0.0.1:" + node(node).port()).toString();
    }
}
