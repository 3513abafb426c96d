package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStop;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import tools.jackson.databind.JsonNode;

/// An incident of which a car's picture and sound were recorded.
record Filming(String incident, String from) {
    /// @param node on which the car is live
    static Filming on(TestNode node) {
        var opened =
                node.post(
                        "daxi",
                        "/api/incidents",
                        Map.of(
                                "clientId",
                                UUID.randomUUID().toString(),
                                "title",
                                "渣土车带泥上路",
                                "severity",
                                "orange",
                                "place",
                                "大溪路口"));
        String incident = TestNode.json(opened).get("id").asString();
        try (var car = node.terminal("daxi-car1").withMedia();
                var room = node.console("daxi")) {
            assertThat(car.verdict(new LiveStart(Camera.BACK, false, null))).isEqualTo("ok");
            room.snapshot();
            var order =
                    new OrderPlace(
                            UUID.randomUUID().toString(),
                            List.of("daxi-car1"),
                            null,
                            "去",
                            Severity.ORANGE,
                            incident);
            assertThat(room.verdict(order)).isEqualTo("ok");
            Eventually.holds(() -> spans(node, incident).size() == 2);
            car.verdict(new LiveStop());
            Eventually.holds(() -> node.relay().recordings().isEmpty());
        }
        Eventually.holds(() -> spans(node, incident).toString().split("chain").length == 3);
        return new Filming(incident, spans(node, incident).get(0).get("from").asString());
    }

    private static JsonNode spans(TestNode node, String incident) {
        return TestNode.json(node.get("daxi", "/api/incidents/" + incident + "/recordings"));
    }

    /// Of all of it.
    HttpResponse<String> piece(TestNode node) {
        var until = Instant.parse(from).plusSeconds(60).toString();
        return node.post(
                "daxi",
                "/api/incidents/" + incident + "/pieces",
                Map.of("unit", "daxi-car1", "from", from, "until", until));
    }

    /// Asks until it is made, and plays it.
    void isSeenAt(TestNode node) {
        Eventually.holds(() -> piece(node).body().contains("\"ready\""));
        var href = TestNode.json(piece(node)).get("href").asString();
        assertThat(node.send(node.request(href).GET()).statusCode()).isEqualTo(200);
    }

    /// Asks until it is refused so.
    JsonNode isRefusedAt(TestNode node, int status, String code) {
        Eventually.holds(() -> piece(node).statusCode() == status);
        var refusal = TestNode.json(piece(node));
        assertThat(refusal.get("code").asString()).isEqualTo(code);
        return refusal;
    }
}
