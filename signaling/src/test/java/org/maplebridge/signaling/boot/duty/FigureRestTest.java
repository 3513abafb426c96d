package org.maplebridge.signaling.boot.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.message.MessageDesk;
import org.maplebridge.signaling.sheet.Sheet;
import org.maplebridge.signaling.sheet.SheetReader;
import tools.jackson.databind.JsonNode;

/// A matter from its report to the figures of the day and the message to who reported it.
class FigureRestTest {
    private static final String KIND = "=cmd|'/c calc'!A1";

    private final TestNode node = TestNode.shared();

    @Test
    void whatIsClosedStandsInTheFiguresAndIsTold() throws Exception {
        var before = figures("zeguo", "");
        var receipt = reported();
        var incident = closed(receipt);
        var rating = Map.of("stars", 5);
        var rated = "/api/public/reports/" + receipt + "/rating";
        assertThat(node.post("zeguo", rated, rating).statusCode()).isEqualTo(204);

        var after = figures("zeguo", "");
        assertThat(more(before, after, "received")).isEqualTo(1);
        assertThat(more(before, after, "receivedClosed")).isEqualTo(1);
        assertThat(more(before, after, "closed")).isEqualTo(1);
        assertThat(more(before, after, "rated")).isEqualTo(1);
        assertThat(after.get("total").get("satisfactionRate").asDouble()).isPositive();
        assertThat(after.get("byNode").toString()).contains("zeguo").doesNotContain("daxi");
        assertThat(after.get("bySeat").toString()).contains("zeguo-seat", "coordination");
        var county = figures("city", "&node=city");
        assertThat(county.get("byNode").toString()).contains("\"zeguo\"", "\"daxi\"");

        node.bean("messageDesk", MessageDesk.class).round();
        var messages = outbox("admin", "").get("messages");
        var message = found(messages, incident);
        assertThat(message.get("phone").asString()).isEqualTo("*******4321");
        assertThat(message.get("state").asString()).isEqualTo("sent");
        assertThat(message.get("text").asString())
                .contains("【温岭市社会治理中心】", "已清理", "/report/r/" + receipt);
        assertThat(node.get("commander", "/api/outbox").statusCode()).isEqualTo(200);
        assertThat(node.get("zeguo", "/api/outbox").statusCode()).isEqualTo(403);
        assertThat(outbox("admin", "?limit=1").get("messages").size()).isEqualTo(1);
        assertThat(node.get("admin", "/api/outbox?limit=0").statusCode()).isEqualTo(400);
        assertThat(node.get("admin", "/api/outbox?before=a%20b").statusCode()).isEqualTo(400);
    }

    @Test
    void aTownSeesItsOwnAlone() {
        assertThat(node.get("zeguo", "/api/figures?node=xinhe").statusCode()).isEqualTo(404);
        assertThat(node.get("zeguo", "/api/figures?node=city").statusCode()).isEqualTo(404);
        assertThat(node.get("zeguo", "/api/figures/export?node=xinhe").statusCode()).isEqualTo(404);
        assertThat(node.get("car1", "/api/figures").statusCode()).isEqualTo(403);
        assertThat(figures("city", "&node=xinhe").get("node").asString()).isEqualTo("xinhe");
        assertThat(figures("zeguo-appraisal", "").get("node").asString()).isEqualTo("zeguo");
    }

    @Test
    void anEmptyMonthIsAnsweredAndNonsenseRefused() {
        var empty = figures("zeguo", "&period=month&from=2020-02-29");
        assertThat(empty.get("from").asString()).isEqualTo("2020-02-01");
        assertThat(empty.get("to").asString()).isEqualTo("2020-02-29");
        assertThat(empty.get("total").has("closureRate")).isFalse();
        assertThat(empty.get("total").get("received").asInt()).isZero();
        for (var query :
                new String[] {"period=year", "from=x", "from=1024-01-01", "from=+9999-1-1"}) {
            assertThat(node.get("zeguo", "/api/figures?" + query).statusCode())
                    .as(query)
                    .isEqualTo(400);
        }
        assertThat(node.get("zeguo", "/api/figures/export?format=pdf").statusCode()).isEqualTo(400);
    }

    @Test
    void anExportIsReadAgainAndRunsNothing() throws Exception {
        var wanted =
                Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "title",
                        "井盖",
                        "severity",
                        "yellow",
                        "place",
                        "村口",
                        "kind",
                        KIND);
        assertThat(node.post("daxi", "/api/incidents", wanted).statusCode()).isEqualTo(201);
        var csv = node.get("daxi", "/api/figures/export?format=csv");
        assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment; filename=\"figures-daxi-day-20");
        assertThat(csv.body()).contains("类型,'" + KIND).contains("合计,");
        var xlsx = bytes("daxi", "/api/figures/export");
        var read = ((Sheet.Lines) new SheetReader(500).read(xlsx)).lines();
        assertThat(read.getFirst()).contains("办结率", "满意率", "指令执行率");
        assertThat(read).anyMatch(line -> line.size() > 1 && line.get(1).equals(KIND));
    }

    private byte[] bytes(String account, String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            node.as(account, path).GET().build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        }
    }

    private String reported() {
        var report =
                Map.of(
                        "code",
                        "zeguo-manhole",
                        "clientId",
                        UUID.randomUUID().toString(),
                        "text",
                        "井盖破了 " + UUID.randomUUID(),
                        "phone",
                        "13800004321");
        var answer = node.post("zeguo", "/api/public/reports", report);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestNode.json(answer).get("receipt").asString();
    }

    /// Through all its steps, as the town's seat does.
    private String closed(String receipt) {
        var number =
                TestNode.json(node.get("zeguo", "/api/public/reports/" + receipt))
                        .get("number")
                        .asString();
        var incident = TestNode.json(node.get("zeguo", "/api/incidents?q=" + number)).get(0);
        var id = incident.get("id").asString();
        incident = act(id, "accept", Map.of());
        for (int step = 0; step < 12 && may(incident, "advance"); step++) {
            incident = act(id, "advance", Map.of("note", "已处置"));
        }
        act(id, "callback", Map.of("how", "call", "text", "满意"));
        incident = act(id, "close", Map.of("result", "已清理"));
        assertThat(incident.get("state").asString()).isEqualTo("closed");
        return id;
    }

    private static boolean may(JsonNode incident, String action) {
        return incident.get("may").toString().contains("\"" + action + "\"");
    }

    private JsonNode act(String id, String action, Map<String, Object> more) {
        var now = TestNode.json(node.get("zeguo", "/api/incidents/" + id));
        var body = new HashMap<>(more);
        body.put("clientId", UUID.randomUUID().toString());
        body.put("version", now.get("version").asLong());
        body.put("action", action);
        var answer = node.post("zeguo", "/api/incidents/" + id + "/actions", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private JsonNode outbox(String account, String query) {
        return TestNode.json(node.get(account, "/api/outbox" + query));
    }

    private static JsonNode found(JsonNode messages, String incident) {
        for (var message : messages) {
            if (message.get("incident").asString().equals(incident)) {
                return message;
            }
        }
        throw new AssertionError("no message: " + messages);
    }

    private JsonNode figures(String account, String query) {
        var answer = node.get(account, "/api/figures?" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private static long more(JsonNode before, JsonNode after, String measure) {
        return after.get("total").get(measure).asLong() - before.get("total").get(measure).asLong();
    }
}
