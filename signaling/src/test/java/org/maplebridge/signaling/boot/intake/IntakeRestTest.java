package org.maplebridge.signaling.boot.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.intake.Signature;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.IncidentNews.IncidentChanged;

/// What other systems report: who is let in, what is said twice, and what is refused by name.
class IntakeRestTest {
    private static final String PATH = "/api/intake/reports";

    @TempDir static Path data;
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.on(data);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private final String key = key("intake");
    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aReportOpensAnIncidentThatTheRoomSees() {
        var answer = send(report("a", "井盖缺失 " + own));
        assertThat(answer.statusCode()).isEqualTo(201);
        var taken = TestNode.json(answer);
        var id = taken.get("incident").asString();
        assertThat(taken.get("number").asString()).startsWith("20");
        assertThat(taken.has("repeated")).isFalse();

        var incident = TestNode.json(node.get("zeguo", "/api/incidents/" + id));
        assertThat(incident.get("title").asString()).isEqualTo("井盖缺失 " + own);
        assertThat(incident.get("severity").asString()).isEqualTo("orange");
        assertThat(incident.get("source").asString()).isEqualTo("12345");
        assertThat(incident.get("reporter").get("phone").asString()).isEqualTo("13800001234");
        assertThat(incident.get("suggestion").get("item").asString()).isEqualTo("4-1");
        assertThat(node.get("xinhe", "/api/incidents/" + id).statusCode()).isEqualTo(404);
        assertThat(node.journal("zeguo")).contains("12345-a-" + own).doesNotContain("13800001234");
    }

    @Test
    void theRoomIsToldAtOnceAndOthersAreNot() {
        try (var room = node.console("zeguo");
                var other = node.console("xinhe")) {
            room.snapshot();
            other.snapshot();
            var taken = TestNode.json(send(report("a", "水浸 " + own)));
            var id = taken.get("incident").asString();
            Eventually.holds(() -> isTold(room, id));
            assertThat(isTold(other, id)).isFalse();
        }
    }

    private static boolean isTold(TestSocket socket, String id) {
        return socket.frames().stream()
                .map(frame -> frame.message())
                .anyMatch(message ->
                        message instanceof IncidentChanged changed && changed.id().equals(id));
    }

    @Test
    void theSameAgainIsRepeatedAndTheSameWordsAreMerged() {
        var first = TestNode.json(send(report("a", "烟感 " + own)));
        var again = send(report("a", "烟感,另外的话 " + own));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(again).get("repeated").asBoolean()).isTrue();
        assertThat(TestNode.json(again).get("number")).isEqualTo(first.get("number"));

        var other = send(report("b", "烟感 " + own));
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(other).get("mergedInto")).isEqualTo(first.get("incident"));
        var id = first.get("incident").asString();
        var incident = TestNode.json(node.get("zeguo", "/api/incidents/" + id));
        assertThat(incident.get("merged").asInt()).isEqualTo(1);
        assertThat(incident.get("reports")).hasSize(1);
        assertThat(incident.get("reports").get(0).get("source").asString()).isEqualTo("12345");
        for (var line : TestNode.json(node.get("zeguo", "/api/incidents?limit=500"))) {
            if (line.get("id").asString().equals(id)) {
                assertThat(line.get("merged").asInt()).isEqualTo(1);
            }
        }
    }

    @Test
    void likeMattersAreSuggestedAndNotMerged() {
        var first = TestNode.json(send(report("a", "夜间施工噪声扰民,居民无法入睡 " + own)));
        var second = send(report("b", "夜间施工噪声扰民,孩子无法入睡 " + own));
        assertThat(second.statusCode()).isEqualTo(201);
        var id = TestNode.json(second).get("incident").asString();

        var duplicates = TestNode.json(node.get("zeguo", "/api/incidents/" + id + "/duplicates"));
        assertThat(duplicates)
                .anySatisfy(one -> {
                    assertThat(one.get("id")).isEqualTo(first.get("incident"));
                    assertThat(one.get("why").toString())
                            .isEqualTo("[\"place\",\"time\",\"person\",\"text\"]");
                });
        assertThat(node.get("xinhe", "/api/incidents/" + id + "/duplicates").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoDidNotSignJustNowWithAKeyForTheIntakeIsRefusedByName() {
        var body = report("a", "t " + own);
        var now = Instant.now();
        var good = Signature.of(key, body.getBytes(UTF_8), now).header();
        assertRefused(send(key, body + " ", good), 401, "signature-wrong");
        assertRefused(send(key, body, "t=1,v1=00"), 401, "signature-wrong");
        assertRefused(send(key("intake"), body, good), 401, "signature-wrong");
        for (var off : List.of(Duration.ofSeconds(-310), Duration.ofSeconds(310))) {
            var signature = Signature.of(key, body.getBytes(UTF_8), now.plus(off));
            assertRefused(send(key, body, signature.header()), 401, "signature-stale");
        }
        assertThat(send(key, body, good).statusCode()).isEqualTo(201);
        assertRefused(send(key, body, good), 401, "signature-replayed");

        var other = key("whip");
        var signed = Signature.of(other, body.getBytes(UTF_8), now).header();
        assertRefused(send(other, body, signed), 403, "not-allowed");
        assertRefused(send(node.token("xinhe"), body, signed), 403, "not-allowed");
        assertThat(
                        node.send(
                                        node.request(PATH)
                                                .POST(HttpRequest.BodyPublishers.ofString(body)))
                                .statusCode())
                .isEqualTo(401);
        assertThat(node.send(node.bearer(key, "/api/incidents").GET()).statusCode()).isEqualTo(403);
    }

    @Test
    void badFieldsAreRefusedByNameAndNothingIsWritten() {
        assertRefused(change("externalId", "../../etc/passwd"), 400, "malformed");
        assertRefused(change("source", "citizen"), 400, "malformed");
        assertRefused(change("title", ""), 400, "malformed");
        assertRefused(change("title", "x".repeat(201)), 400, "too-large");
        assertRefused(change("text", "bell \u0007"), 400, "malformed");
        assertRefused(change("severity", "purple"), 400, "malformed");
        assertRefused(change("node", "atlantis"), 400, "unknown-node");
        assertRefused(change("occurredAt", "yesterday"), 400, "malformed");
        assertRefused(change("occurredAt", "2099-01-01T00:00:00Z"), 400, "in-the-future");
        assertRefused(change("occurredAt", "1970-01-01T00:00:00Z"), 400, "too-long-ago");
        assertRefused(change("point", Map.of("latitude", 91, "longitude", 0)), 400, "malformed");
        assertRefused(change("point", Map.of("latitude", 28.4)), 400, "malformed");
        var beidou = Map.of("latitude", 28.4, "longitude", 121.4, "datum", "BD-09");
        assertRefused(change("point", beidou), 400, "malformed");
        var nowhere = Map.of("latitude", 91, "longitude", 0, "datum", "GCJ-02");
        assertRefused(change("point", nowhere), 400, "malformed");
        assertRefused(send("not json"), 400, "malformed");
        assertRefused(send("x".repeat(300 * 1_024)), 413, "too-large");
        assertThat(node.journal("city")).doesNotContain("bad-" + own);
    }

    /// A connection that is closed before all is sent would tell nothing.
    @Test
    void whoFirstSendsAllOfWhatIsTooMuchReadsTheRefusalToo() throws IOException {
        URI at = node.uri(PATH);
        int length = 3 << 20;
        try (var socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSendBufferSize(8_192); // so that much is still to be sent when it is refused
            var head = "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n";
            var out = socket.getOutputStream();
            out.write(head.formatted(PATH, at.getHost(), length).getBytes(UTF_8));
            out.write(new byte[length]);
            out.flush();
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 413 ");
        }
    }

    /// Tiananmen as public maps of China draw it.
    @Test
    void aPlaceInAnotherDatumIsTakenIn() {
        var fields = fields("gcj", "烟感 " + own);
        fields.put(
                "point",
                Map.of(
                        "latitude", 39.91640428150164,
                        "longitude", 116.41024449916938,
                        "datum", "GCJ-02"));
        var id = TestNode.json(send(TestNode.text(fields))).get("incident").asString();
        var point = TestNode.json(node.get("zeguo", "/api/incidents/" + id)).get("point");
        assertThat(point.get("latitude").asDouble()).isCloseTo(39.915, within(1e-7));
        assertThat(point.get("longitude").asDouble()).isCloseTo(116.404, within(1e-7));
    }

    private HttpResponse<String> change(String field, Object value) {
        var report = fields("bad", "t " + own);
        report.put(field, value);
        return send(TestNode.text(report));
    }

    private String report(String id, String title) {
        return TestNode.text(fields(id, title));
    }

    private Map<String, Object> fields(String id, String title) {
        var fields = new HashMap<String, Object>();
        fields.put("externalId", "12345-" + id + "-" + own);
        fields.put("source", "12345");
        fields.put("title", title);
        fields.put("text", "来电人反映 " + title);
        fields.put("kind", "manhole");
        fields.put("severity", "orange");
        fields.put("place", "泽国中心大道 " + own);
        fields.put("node", "zeguo");
        fields.put("phone", "13800001234");
        fields.put("occurredAt", Instant.now().minusSeconds(60).toString());
        return fields;
    }

    private HttpResponse<String> send(String body) {
        return send(key, body, Signature.of(key, body.getBytes(UTF_8), Instant.now()).header());
    }

    private HttpResponse<String> send(String token, String body, String signature) {
        return node.send(
                node.bearer(token, PATH)
                        .header("Content-Type", "application/json")
                        .header("X-Maplebridge-Signature", signature)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private String key(String scope) {
        var wanted =
                scope.equals("intake")
                        ? Map.of("name", "12345", "scopes", List.of(scope))
                        : Map.of("name", "car", "scopes", List.of(scope), "units", List.of("*"));
        return TestNode.json(node.post("admin", "/api/keys", wanted)).get("token").asString();
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
