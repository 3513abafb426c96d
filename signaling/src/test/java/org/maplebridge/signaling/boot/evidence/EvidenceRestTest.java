package org.maplebridge.signaling.boot.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.IncidentNews.IncidentChanged;
import tools.jackson.databind.JsonNode;

/// Who sends pictures about what, who sees them, and how they are shown.
class EvidenceRestTest {
    private static final Map<String, String> NONE = Map.of();

    @TempDir static Path data;
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.on(data, "--maplebridge.intake.reports-per-address=1000");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void aCarsPictureOfAnOrderStandsInTheIncidentOfItsTownAndNowhereElse() {
        String incident = incident();
        try (var room = node.console("xinhe")) {
            room.snapshot();
            String order = place(room, incident);
            byte[] file = Snapshots.taken(Snapshots.jpeg(21), 28, 121);
            var car = TusClient.person(node, "car1");
            var sent = car.send(file, "image/jpeg", Map.of("order", order));
            assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
            room.await(IncidentChanged.class, news -> news.id().equals(incident));

            var item = evidence("xinhe", incident).get(0);
            assertThat(item.get("sha256").asString()).isEqualTo(TusClient.sha256(file));
            assertThat(item.get("by").asString()).isNotEmpty();
            assertThat(item.get("unit").asString()).isEqualTo("car1");
            assertThat(item.get("width").asInt()).isEqualTo(64);
            assertThat(item.get("said").get("latitude").asDouble()).isCloseTo(28, within(1e-6));
            assertThat(item.get("said").get("longitude").asDouble()).isCloseTo(121, within(1e-6));
            var details = TestNode.json(node.get("xinhe", "/api/incidents/" + incident));
            assertThat(details.has("point")).as("what a picture says is no place").isFalse();
            var line = node.get("xinhe", "/api/incidents/" + incident + "/timeline").body();
            assertThat(line).contains("\"kind\":\"evidence\"", TusClient.sha256(file));
            assertThat(node.get("xinhe", "/api/orders/" + order + "/evidence").body())
                    .contains(item.get("id").asString());

            String id = item.get("id").asString();
            assertThat(bytes(node.as("xinhe", "/api/evidence/" + id).GET())).isEqualTo(file);
            assertThat(bytes(node.request(item.get("href").asString()).GET())).isEqualTo(file);
            for (var stranger : List.of("zeguo", "zeguo-car1", "xinhe-police", "admin")) {
                refused(node.get(stranger, "/api/evidence/" + id), 404, "not-visible");
                var list = node.get(stranger, "/api/incidents/" + incident + "/evidence");
                refused(list, 404, "not-visible");
            }
            assertThat(node.get("zeguo", "/api/orders/" + order + "/evidence").statusCode())
                    .isEqualTo(404);
            assertThat(node.get("car1", "/api/orders/" + order + "/evidence").body())
                    .as("who was given the order does not see the incident")
                    .isEqualTo("[]");
            assertThat(node.send(node.request("/api/evidence/" + id).GET()).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aTicketIsForOnePictureAndOnePersonWhoStillSeesIt() {
        String incident = incident();
        var seat = TusClient.person(node, "xinhe");
        seat.send(Snapshots.jpeg(22), "image/jpeg", Map.of("incident", incident));
        seat.send(Snapshots.jpeg(23), "image/jpeg", Map.of("incident", incident));
        var items = evidence("xinhe", incident);
        String first = items.get(0).get("href").asString();
        assertThat(evidence("xinhe", incident).get(0).get("href").asString())
                .as("the same for a while")
                .isEqualTo(first);
        String other = items.get(1).get("id").asString();
        String ticket = first.substring(first.indexOf('=') + 1);
        assertThat(get(first).statusCode()).isEqualTo(200);
        var wrong =
                List.of(
                        "/evidence/" + other + "?ticket=" + ticket,
                        first.replace(".xinhe.", ".city."),
                        first.replace("=", "=9"),
                        first.substring(0, first.length() - 1),
                        "/evidence/" + other,
                        "/evidence/" + other + "?ticket=...",
                        "/evidence/..%2F..%2Fetc");
        for (var path : wrong) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @Test
    void whatIsShownRunsNothingAndComesInParts() {
        String incident = incident();
        byte[] video = Snapshots.mp4(200_000);
        var seat = TusClient.person(node, "xinhe");
        var sent = seat.send(video, "video/mp4", Map.of("incident", incident));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
        var item = evidence("xinhe", incident).get(0);
        assertThat(item.get("video").asBoolean()).isTrue();
        var whole = get(item.get("href").asString());
        assertThat(header(whole, "Content-Type")).isEqualTo("video/mp4");
        assertThat(header(whole, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(whole, "Content-Security-Policy"))
                .isEqualTo("sandbox; default-src 'none'");
        assertThat(header(whole, "Content-Disposition"))
                .isEqualTo("inline; filename=\"" + item.get("id").asString() + ".mp4\"");
        assertThat(header(whole, "Cache-Control")).startsWith("private");
        var part = node.request(item.get("href").asString()).header("Range", "bytes=100-199");
        var answer = node.send(part.GET());
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(header(answer, "Content-Range")).isEqualTo("bytes 100-199/200000");
        assertThat(
                        bytes(
                                node.request(item.get("href").asString())
                                        .header("Range", "bytes=5-9")
                                        .GET()))
                .isEqualTo(Arrays.copyOfRange(video, 5, 10));
        assertThat(node.get("admin", "/api/audit?limit=50").body())
                .contains("EVIDENCE_SHOWN", item.get("id").asString());
    }

    @Test
    void onlyWhoMayNoteOrWasOrderedSends() {
        String incident = incident();
        byte[] file = Snapshots.jpeg(24);
        for (var stranger : List.of("zeguo", "xinhe-police", "car1")) {
            var begun =
                    TusClient.person(node, stranger)
                            .begin(file, "image/jpeg", Map.of("incident", incident));
            refused(begun, 404, "not-visible");
        }
        var mediator = TusClient.person(node, "xinhe-mediator");
        var reads = mediator.begin(file, "image/jpeg", Map.of("incident", incident));
        refused(reads, 403, "not-allowed");
        try (var room = node.console("xinhe")) {
            room.snapshot();
            String order = place(room, null);
            for (var stranger : List.of("car2", "zeguo-car1")) {
                var begun =
                        TusClient.person(node, stranger)
                                .begin(file, "image/jpeg", Map.of("order", order));
                refused(begun, 404, "not-visible");
            }
            var car = TusClient.person(node, "car1");
            var begun = car.begin(file, "image/jpeg", Map.of("order", order));
            String at = TusClient.location(begun);
            var other = TusClient.person(node, "car2");
            refused(other.append(at, 0, file), 404, "unknown-upload");
            assertThat(other.head(at).statusCode()).isEqualTo(404);
            refused(node.get("xinhe", "/api/evidence/" + TusClient.id(begun)), 404, "not-visible");
            assertThat(car.append(at, 0, file).statusCode()).isEqualTo(204);
            assertThat(node.get("xinhe", "/api/orders/" + order + "/evidence").body())
                    .contains(TusClient.sha256(file));
            assertThat(node.get("xinhe", "/api/evidence/" + TusClient.id(begun)).statusCode())
                    .isEqualTo(200);
            assertThat(node.get("zeguo", "/api/evidence/" + TusClient.id(begun)).statusCode())
                    .isEqualTo(404);
        }
        var seat = TusClient.person(node, "xinhe");
        refused(seat.begin(file, "image/jpeg", NONE), 400, "malformed");
        var both = Map.of("order", "o", "incident", incident);
        refused(seat.begin(file, "image/jpeg", both), 400, "malformed");
        var nobody =
                node.request("/api/uploads")
                        .header("Tus-Resumable", "1.0.0")
                        .POST(BodyPublishers.noBody());
        assertThat(node.send(nobody).statusCode()).isEqualTo(401);
    }

    @Test
    void aCitizensPictureStandsInTheIncidentAndItsMatterIsClosedForMore() throws RecordUnavailable {
        String receipt = TusClient.receipt(node, "xinhe");
        var citizen = TusClient.citizen(node, receipt);
        citizen.send(Snapshots.jpeg(25), "image/jpeg", NONE);
        var record = node.bean("recordStores", RecordStores.class);
        String incident = record.reports().byReceipt(receipt).orElseThrow().incident().value();
        var item = evidence("xinhe", incident).get(0);
        assertThat(item.has("by")).isFalse();
        String line = node.get("xinhe", "/api/incidents/" + incident + "/timeline").body();
        assertThat(line).contains("\"kind\":\"evidence\"").doesNotContain("127.0.0.1");
        assertThat(evidence("city", incident)).hasSize(1);

        String whole = incident();
        act(incident, Map.of("action", "merge", "into", whole));
        assertThat(evidence("xinhe", whole)).as("the part's pictures are the whole's").hasSize(1);
        citizen.send(Snapshots.jpeg(26), "image/jpeg", NONE);
        assertThat(evidence("xinhe", whole)).hasSize(2);
        close(whole);
        refused(citizen.begin(Snapshots.jpeg(27), "image/jpeg", NONE), 409, "closed");
    }

    private static void close(String incident) {
        for (int step = 0; step < 5; step++) {
            act(incident, Map.of("action", "advance", "note", "已处理"));
        }
        act(incident, Map.of("action", "callback", "how", "call", "text", "满意"));
        act("xinhe-emergency", incident, Map.of("action", "close", "result", "已修好"));
    }

    private static void act(String incident, Map<String, String> action) {
        act("xinhe", incident, action);
    }

    private static void act(String seat, String incident, Map<String, String> action) {
        var path = "/api/incidents/" + incident;
        var wanted = new HashMap<String, Object>(action);
        wanted.put("clientId", UUID.randomUUID().toString());
        wanted.put("version", TestNode.json(node.get(seat, path)).get("version").asLong());
        var answer = node.post(seat, path + "/actions", wanted);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static String incident() {
        var opened =
                node.post(
                        "xinhe",
                        "/api/incidents",
                        Map.of(
                                "clientId",
                                UUID.randomUUID().toString(),
                                "title",
                                "路面有坑",
                                "severity",
                                "yellow",
                                "place",
                                "塘下村口",
                                "reporter",
                                Map.of("name", "王某")));
        return TestNode.json(opened).get("id").asString();
    }

    private static String place(TestSocket room, @Nullable String incident) {
        String order = UUID.randomUUID().toString();
        var wish = new OrderPlace(order, List.of("car1"), null, "去看看", Severity.YELLOW, incident);
        assertThat(room.verdict(wish)).isEqualTo("ok");
        return order;
    }

    private static JsonNode evidence(String account, String incident) {
        var answer = node.get(account, "/api/incidents/" + incident + "/evidence");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private static HttpResponse<String> get(String path) {
        return node.send(node.request(path).GET());
    }

    private static byte[] bytes(HttpRequest.Builder request) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofByteArray()).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
