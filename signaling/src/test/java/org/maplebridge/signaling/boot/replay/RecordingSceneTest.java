package org.maplebridge.signaling.boot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStart;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.LiveStop;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.scene.Sources;
import tools.jackson.databind.JsonNode;

/// What is recorded of an incident, who may see it again, and what is told when it fails.
class RecordingSceneTest {
    private static final SourceId CAMERA = Sources.camera(new UnitId("daxi-car1"));
    private static final SourceId MICROPHONE = Sources.microphone(new UnitId("daxi-car1"));

    private final TestNode node = TestNode.shared();

    @Test
    void aUnitOfAnIncidentIsRecordedWhileItIsLiveAndSeenAgainByWhoSeesIt() throws Exception {
        var incident = open();
        try (var car = live()) {
            order(incident);
            Eventually.holds(() -> recordings("daxi", incident).size() == 2);
            assertThat(node.relay().recordings()).contains(CAMERA, MICROPHONE);
            var running = recordings("daxi", incident);
            assertThat(running).hasSize(2);
            assertThat(running.toString()).contains("picture", "sound").doesNotContain("chain");

            invite(incident);
            var shown = recordings("traffic", incident);
            assertThat(shown).as("the minute before, and on").hasSize(2);
            for (var stranger : List.of("zeguo", "xinhe", "enforcement")) {
                assertThat(node.get(stranger, at(incident) + "/recordings").statusCode())
                        .isEqualTo(404);
            }
            car.verdict(new LiveStop());
            Eventually.holds(() -> !node.relay().recordings().contains(CAMERA));
        }
        Eventually.holds(() -> recordings("daxi", incident).toString().contains("chain"));
        assertThat(node.get("daxi", at(incident) + "/timeline").body())
                .contains("recordingBegan", "recordingEnded", "\"chain\"");

        var span = recordings("daxi", incident).get(0);
        var wanted = wanted(span);
        assertThat(piece("zeguo", incident, wanted).statusCode()).isEqualTo(404);
        assertThat(piece("daxi", incident, with(wanted, "unit", "car1")).statusCode())
                .isEqualTo(404);
        assertThat(piece("daxi", incident, with(wanted, "until", "2101-01-01T00:00:00Z")))
                .extracting(answer -> answer.statusCode())
                .isEqualTo(400);
        Eventually.holds(() -> piece("daxi", incident, wanted).body().contains("ready"));
        var ready = TestNode.json(piece("daxi", incident, wanted));
        var href = ready.get("href").asString();
        var part = node.send(node.request(href).header("Range", "bytes=0-99").GET());
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(node.send(node.request(href + "x").GET()).statusCode()).isEqualTo(404);
        assertThat(node.send(node.request(href.replace("daxi", "zeguo")).GET()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatFailsIsToldInTheIncidentAtOnce() {
        var incident = open();
        try (var car = live()) {
            order(incident);
            Eventually.holds(() -> recordings("daxi", incident).size() == 2);
            node.relay().recordingFails(CAMERA, "disk-full");
            Eventually.holds(() ->
                    node.get("daxi", at(incident) + "/timeline").body().contains("disk-full"));
            car.verdict(new LiveStop());
        }
    }

    @Test
    void whoIsWatchedIsRecordedAndNobodyElse() {
        var camera = Sources.camera(new UnitId("daxi-car2"));
        try (var car = node.terminal("daxi-car2").withMedia();
                var room = node.console("daxi").withMedia()) {
            room.snapshot();
            car.verdict(new LiveStart(Camera.BACK, false, null));
            assertThat(node.relay().recordings()).doesNotContain(camera);
            assertThat(room.verdict(new WatchStart(0, "daxi-car2"))).isEqualTo("ok");
            Eventually.holds(() -> node.relay().recordings().contains(camera));
            car.verdict(new LiveStop());
            Eventually.holds(() -> !node.relay().recordings().contains(camera));
        }
    }

    @Test
    void whoSupervisesHoldsAndReleases() {
        var incident = open();
        var path = at(incident) + "/hold";
        var reason = Map.of("reason", "法院调取 (2026) 12 号");
        assertThat(node.get("daxi", path).body()).contains("false");
        assertThat(node.post("zeguo", path, reason).statusCode()).isEqualTo(404);
        assertThat(node.post("daxi-car1", path, reason).statusCode()).isIn(403, 404);
        assertThat(node.post("city", path, Map.of("reason", " ")).statusCode()).isEqualTo(400);
        assertThat(node.post("city", path, reason).statusCode()).isEqualTo(200);
        assertThat(node.post("city", path, reason).statusCode()).isEqualTo(409);
        assertThat(node.get("daxi", path).body()).contains("true", "法院");
        assertThat(node.send(node.as("city", path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(node.send(node.as("city", path).DELETE()).statusCode()).isEqualTo(404);
    }

    private TestSocket live() {
        var car = node.terminal("daxi-car1").withMedia();
        assertThat(car.verdict(new LiveStart(Camera.BACK, false, null))).isEqualTo("ok");
        return car;
    }

    private void order(String incident) {
        try (var room = node.console("daxi")) {
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
        }
    }

    private void invite(String incident) {
        var body = new HashMap<String, Object>();
        body.put("clientId", UUID.randomUUID().toString());
        body.put("version", 0);
        body.put("action", "invite");
        body.put("node", "traffic");
        body.put("unit", "daxi-car1");
        body.put("reason", "可能违规上路");
        var answer = node.post("daxi", at(incident) + "/actions", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode recordings(String account, String incident) {
        var answer = node.get(account, at(incident) + "/recordings");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private java.net.http.HttpResponse<String> piece(
            String account, String incident, Map<String, Object> wanted) {
        return node.post(account, at(incident) + "/pieces", wanted);
    }

    private static Map<String, Object> wanted(JsonNode span) {
        var wanted = new HashMap<String, Object>();
        wanted.put("unit", "daxi-car1");
        wanted.put("from", span.get("from").asString());
        wanted.put("until", Instant.parse(span.get("from").asString()).plusSeconds(60).toString());
        return wanted;
    }

    private static Map<String, Object> with(Map<String, Object> map, String field, String value) {
        var changed = new HashMap<>(map);
        changed.put(field, value);
        return changed;
    }

    private static String at(String incident) {
        return "/api/incidents/" + incident;
    }

    private String open() {
        var report =
                Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "title",
                        "渣土车带泥上路",
                        "severity",
                        "orange",
                        "place",
                        "大溪路口");
        var answer = node.post("daxi", "/api/incidents", report);
        assertThat(answer.statusCode()).isEqualTo(201);
        return TestNode.json(answer).get("id").asString();
    }
}
