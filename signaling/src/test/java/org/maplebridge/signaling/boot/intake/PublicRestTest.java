package org.maplebridge.signaling.boot.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.boot.TestNode;

/// Citizens without an account: scan, report, ask by the receipt, rate once.
class PublicRestTest {
    private static final String PATH = "/api/public/reports";

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

    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void aCodeSaysWhatItIsFor() {
        var code = TestNode.json(get("/api/public/codes/xinhe-noise"));
        assertThat(code.get("title").get("zh").asString()).isEqualTo("噪声扰民");
        assertThat(code.get("title").get("en").asString()).isEqualTo("Noise");
        assertThat(code.get("kind").asString()).isEqualTo("noise");
        assertThat(code.get("node").asString()).isEqualTo("xinhe");
        for (var unknown : List.of("none", "..%2F..%2Fetc", "x".repeat(65))) {
            var answer = get("/api/public/codes/" + unknown);
            assertThat(answer.statusCode()).as(unknown).isIn(400, 404);
        }
        assertRefused(get("/api/public/codes/none"), 404, "unknown-code");
    }

    @Test
    void aReportIsTakenOnceAndItsReceiptTellsWhatBecameOfIt() throws RecordUnavailable {
        var answer = send(node, report("夜里很吵 " + own));
        assertThat(answer.statusCode()).isEqualTo(201);
        var receipt = TestNode.json(answer).get("receipt").asString();
        assertThat(receipt).matches("[0-9a-f]{32}");

        var again = send(node, report("夜里很吵 " + own));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(again).get("receipt").asString()).isEqualTo(receipt);
        assertRefused(send(node, report("别的事 " + own)), 409, "id-taken");

        var state = TestNode.json(get(PATH + "/" + receipt));
        assertThat(state.get("state").asString()).isEqualTo("received");
        assertThat(state.get("step").asString()).isEqualTo("received");
        assertThat(state.get("number").asString()).startsWith("20");
        assertThat(state.get("rated").asBoolean()).isFalse();
        assertThat(state.has("closedAt")).isFalse();
        assertThat(state.toString()).doesNotContain("13800001234");

        var rating = PATH + "/" + receipt + "/rating";
        assertRefused(post(node, rating, Map.of("stars", 5)), 409, "not-closed");
        close(receipt);
        var closed = TestNode.json(get(PATH + "/" + receipt));
        assertThat(closed.has("closedAt")).isTrue();
        assertThat(closed.get("result").asString()).isEqualTo("噪声已停");
        for (var bad : List.<Object>of(0, 6)) {
            assertRefused(post(node, rating, Map.of("stars", bad)), 400, "malformed");
        }
        assertRefused(post(node, rating, Map.of()), 400, "malformed");
        assertRefused(post(node, rating, Map.of("stars", 5, "text", "nul \0")), 400, "malformed");
        assertRefused(
                post(node, rating, Map.of("stars", 5, "text", "x".repeat(501))), 400, "too-large");
        assertThat(post(node, rating, Map.of("stars", 5, "text", "很快")).statusCode())
                .isEqualTo(204);
        assertRefused(post(node, rating, Map.of("stars", 1)), 409, "rated-already");
        assertThat(TestNode.json(get(PATH + "/" + receipt)).get("rated").asBoolean()).isTrue();
    }

    @Test
    void receiptsAndOtherDoorsStayShutToWhoGuesses() {
        assertRefused(get(PATH + "/" + "0".repeat(32)), 404, "unknown-receipt");
        assertThat(get(PATH).statusCode()).isIn(404, 405);
        assertThat(get("/api/incidents").statusCode()).isEqualTo(401);
        assertThat(get("/api/public/../incidents").statusCode()).isIn(400, 401);
        assertThat(get("/api/intake/reports").statusCode()).isEqualTo(401);
    }

    @Test
    void badFieldsAreRefusedByName() {
        assertRefused(change("code", "none"), 404, "unknown-code");
        assertRefused(change("clientId", ""), 400, "malformed");
        assertRefused(change("clientId", "a/b"), 400, "malformed");
        assertRefused(change("text", " "), 400, "malformed");
        assertRefused(change("text", "x".repeat(1_001)), 400, "too-large");
        assertRefused(change("text", "bell \u0007"), 400, "malformed");
        assertRefused(change("phone", "<script>"), 400, "malformed");
        assertRefused(change("name", "x".repeat(61)), 400, "too-large");
        var nowhere = Map.of("latitude", 400, "longitude", 0);
        assertRefused(change("point", nowhere), 400, "malformed");
    }

    @Test
    void whoAsksTooOftenWaitsAndAPlaceOutsideTheCountyIsNone(@TempDir Path other) {
        try (var strict =
                TestNode.on(
                        other,
                        "--maplebridge.intake.reports-per-address=4",
                        "--maplebridge.intake.reports-per-code=2",
                        "--maplebridge.intake.county=28.1,121.0,28.7,121.8")) {
            var outside = report("p");
            outside.put("point", Map.of("latitude", 39.9, "longitude", 116.4));
            assertRefused(send(strict, outside), 400, "outside-county");
            var inside = report("p");
            inside.put("point", Map.of("latitude", 28.4, "longitude", 121.4));
            assertThat(send(strict, inside).statusCode()).isEqualTo(201);
            assertThat(send(strict, inside).statusCode()).isEqualTo(200);

            var late = send(strict, report("third of this code"));
            assertRefused(late, 429, "too-many-requests");
            Optional<String> wait = late.headers().firstValue("Retry-After");
            assertThat(Integer.parseInt(wait.orElseThrow())).isBetween(1, 1_801);

            var second = report("another code");
            second.put("code", "zeguo-campus");
            second.put("clientId", "second-" + own);
            assertThat(send(strict, second).statusCode()).isEqualTo(201);
            second.put("code", "zeguo-wages");
            second.put("clientId", "last-" + own);
            assertRefused(send(strict, second), 429, "too-many-requests");
        }
    }

    /// By the seats of the town, through all steps, with a call-back.
    private void close(String receipt) throws RecordUnavailable {
        var record = node.bean("recordStores", RecordStores.class);
        var id = record.reports().byReceipt(receipt).orElseThrow().incident();
        for (int step = 0; step < 5; step++) {
            act(id, Map.of("action", "advance", "note", "已处理"));
        }
        act(id, Map.of("action", "callback", "how", "call", "text", "满意"));
        act(id, Map.of("action", "close", "result", "噪声已停"));
    }

    private void act(IncidentId id, Map<String, String> action) {
        var path = "/api/incidents/" + id;
        var wanted = new HashMap<String, Object>(action);
        wanted.put("clientId", UUID.randomUUID().toString());
        wanted.put("version", TestNode.json(node.get("xinhe", path)).get("version").asLong());
        var answer = node.post("xinhe", path + "/actions", wanted);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> change(String field, Object value) {
        var report = report("t");
        report.put(field, value);
        return send(node, report);
    }

    private Map<String, Object> report(String text) {
        var report = new HashMap<String, Object>();
        report.put("code", "xinhe");
        report.put("clientId", "client-" + own);
        report.put("text", text);
        report.put("phone", "13800001234");
        return report;
    }

    private static HttpResponse<String> send(TestNode node, Map<String, Object> report) {
        return post(node, PATH, report);
    }

    private static HttpResponse<String> post(TestNode node, String path, Map<String, ?> body) {
        return node.send(
                node.request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(TestNode.text(body))));
    }

    private HttpResponse<String> get(String path) {
        return node.send(node.request(path).GET());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
