package org.maplebridge.signaling.boot.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;
import tools.jackson.databind.JsonNode;

/// Incidents over REST: who sees them, how one is brought to its end, and what stops it.
class IncidentRestTest {
    private final TestNode node = TestNode.shared();

    @Test
    void everyRoomSeesWhatItWasGiven() {
        var town = TestNode.json(node.get("xinhe", "/api/incidents?limit=500"));
        assertThat(town).isNotEmpty();
        assertThat(town).allMatch(one -> one.get("node").asString().startsWith("xinhe"));
        var police = TestNode.json(node.get("xinhe-police", "/api/incidents?limit=500"));
        assertThat(police).isNotEmpty();
        assertThat(police).allMatch(one -> one.get("rooms").toString().contains("xinhe-police"));
        assertThat(ids(police)).isSubsetOf(ids(town));
        assertThat(ids(police).size()).isLessThan(ids(town).size());
        var city = ids(TestNode.json(node.get("city", "/api/incidents?limit=500")));
        assertThat(city).containsAll(ids(town)).hasSizeGreaterThanOrEqualTo(30);
        assertThat(node.get("city", "/api/incidents?limit=0").statusCode()).isEqualTo(400);
        assertThat(node.get("admin", "/api/incidents").statusCode()).isEqualTo(403);
    }

    @Test
    void theListIsFilteredAndReadPageAfterPage() {
        var opened = open("daxi", Map.of("title", "路灯第七十一号不亮", "severity", "red"));
        var id = opened.get("id").asString();
        assertThat(ids(list("daxi", "?q=第七十一号"))).containsExactly(id);
        assertThat(ids(list("daxi", "?q=" + opened.get("number").asString()))).containsExactly(id);
        assertThat(ids(list("zeguo", "?q=第七十一号"))).isEmpty();
        assertThat(list("daxi", "?severity=red"))
                .isNotEmpty()
                .allMatch(one -> one.get("severity").asString().equals("red"));
        assertThat(list("daxi", "?state=closed"))
                .allMatch(one -> one.get("state").asString().equals("closed"));
        var all = list("city", "?limit=500");
        var pages = new HashSet<String>();
        var page = list("city", "?limit=7");
        while (!page.isEmpty()) {
            page.forEach(one -> assertThat(pages.add(one.get("id").asString())).isTrue());
            var last = page.get(page.size() - 1).get("id").asString();
            page = list("city", "?limit=7&before=" + last);
        }
        assertThat(pages).isEqualTo(ids(all));
        for (var bad : new String[] {"?state=half", "?severity=green", "?q=" + "x".repeat(101)}) {
            assertThat(node.get("daxi", "/api/incidents" + bad).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void anIncidentIsBroughtThroughItsLoopToItsEnd() {
        var incident =
                open("zeguo", Map.of("reporter", Map.of("name", "赵某", "phone", "13812345678")));
        assertThat(incident.get("step").asString()).isEqualTo("received");
        assertThat(incident.get("steps")).hasSize(7);
        assertThat(words(incident.get("may")))
                .contains("advance", "dispatch")
                .doesNotContain("close");
        incident = done("zeguo", incident, "advance", Map.of());
        incident =
                done(
                        "zeguo",
                        incident,
                        "dispatch",
                        Map.of("node", "zeguo-police", "reason", "一事双派"));
        var id = incident.get("id").asString();
        assertThat(node.get("zeguo-police", "/api/incidents/" + id).statusCode()).isEqualTo(200);
        incident = done("zeguo-police", incident, "accept", Map.of());
        incident = done("zeguo", incident, "advance", Map.of());
        assertThat(code(act("zeguo", incident, "advance", Map.of())))
                .isEqualTo("evidence-required");
        incident = done("zeguo", incident, "advance", Map.of("note", "已停工"));
        for (int step = 0; step < 2; step++) {
            assertThat(code(act("zeguo", incident, "close", Map.of("result", "x"))))
                    .isEqualTo("step-not-allowed");
            incident = done("zeguo", incident, "advance", Map.of());
        }
    }

    @Test
    void closingNeedsEverybodysShareAndACallBack() {
        var incident = supervised("zeguo");
        incident = done("zeguo", incident, "dispatch", Map.of("node", "zeguo-police"));
        incident = done("zeguo-police", incident, "accept", Map.of());
        assertThat(code(act("zeguo", incident, "close", Map.of("result", "已办结"))))
                .isEqualTo("evidence-required");
        incident = done("zeguo-police", incident, "advance", Map.of("note", "已劝离"));
        incident = read("zeguo", incident);
        assertThat(incident.get("gates").toString()).contains("callback-required");
        assertThat(code(act("zeguo", incident, "close", Map.of("result", "已办结"))))
                .isEqualTo("callback-required");
        incident = done("zeguo", incident, "callback", Map.of("how", "call", "text", "满意"));
        incident = read("zeguo", incident);
        assertThat(words(incident.get("may"))).contains("close");
        incident = done("zeguo", incident, "close", Map.of("result", "已办结"));
        assertThat(incident.get("state").asString()).isEqualTo("closed");
        assertThat(incident.get("closedAt").asString()).isNotBlank();
        assertThat(code(act("zeguo", incident, "advance", Map.of()))).isEqualTo("step-not-allowed");
        assertThat(node.journal("zeguo")).contains("INCIDENT_CHANGED", "INCIDENT_CLOSED");
        incident = done("zeguo", incident, "reopen", Map.of("reason", "又吵了"));
        assertThat(incident.get("state").asString()).isEqualTo("handling");
    }

    @Test
    void whoReportedItDoesNotCloseIt() {
        var incident = open("daxi", Map.of());
        incident = toSupervised("daxi", incident);
        incident = done("daxi", incident, "callback", Map.of("how", "refused"));
        assertThat(code(act("daxi", incident, "close", Map.of("result", "x"))))
                .isEqualTo("reporter-may-not-close");
        incident = done("daxi-emergency", incident, "close", Map.of("result", "已办结"));
        assertThat(incident.get("state").asString()).isEqualTo("closed");
    }

    @Test
    void oneOfTwoSeatsWinsAndTheOtherIsToldWhoAndWhen() {
        var incident = open("xinhe", Map.of());
        done("xinhe-emergency", incident, "note", Map.of("text", "先到"));

        var late = act("xinhe", incident, "note", Map.of("text", "后到"));

        assertThat(code(late)).isEqualTo("version-conflict");
        assertThat(TestNode.json(late).get("who").asString()).contains("新河");
        assertThat(TestNode.json(late).get("at").asString()).startsWith("20");
    }

    @Test
    void whatIsSentTwiceIsDoneOnce() {
        var incident = open("xinhe", Map.of());
        var body = body(incident, "note", Map.of("text", "只记一次"));
        var path = "/api/incidents/" + incident.get("id").asString() + "/actions";

        assertThat(node.post("xinhe", path, body).statusCode()).isEqualTo(200);
        var again = node.post("xinhe", path, body);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(again).get("version").asLong())
                .isEqualTo(incident.get("version").asLong() + 1);
        body.put("action", "accept");
        assertThat(code(node.post("xinhe", path, body))).isEqualTo("id-conflict");
        body.put("action", "note");
        assertThat(code(node.post("xinhe-emergency", path, body))).isEqualTo("id-conflict");

        var opening = opening(Map.of());
        var first = node.post("xinhe", "/api/incidents", opening);
        var second = node.post("xinhe", "/api/incidents", opening);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(second).get("number"))
                .isEqualTo(TestNode.json(first).get("number"));
        assertThat(code(node.post("daxi", "/api/incidents", opening))).isEqualTo("id-conflict");
    }

    @Test
    void whoReportedItIsKnownToThoseThatCallBackAlone() {
        var incident =
                open("xinhe", Map.of("reporter", Map.of("name", "王小明", "phone", "13812345678")));
        var id = incident.get("id").asString();
        done("xinhe", incident, "dispatch", Map.of("node", "xinhe-police"));
        assertThat(node.get("xinhe", "/api/incidents/" + id).body()).contains("13812345678", "王小明");
        for (var account : new String[] {"city", "xinhe-police", "xinhe-analysis"}) {
            var body = node.get(account, "/api/incidents/" + id).body();
            assertThat(body).contains("*5678", "王**").doesNotContain("1381234", "小明");
        }
        for (var told :
                List.of(
                        node.journal("xinhe"),
                        node.get("xinhe", "/api/incidents/" + id + "/timeline").body())) {
            assertThat(told).doesNotContain("13812345678", "王小明");
        }
    }

    @Test
    void partsStandWithTheWholeAndComeApartAgain() {
        var whole = open("daxi", Map.of("title", "井盖破损"));
        var part = open("daxi", Map.of("title", "又报井盖破损"));
        var into = Map.of("into", whole.get("id").asString());
        part = done("daxi", part, "merge", into);
        assertThat(part.get("state").asString()).isEqualTo("closed");
        whole = read("daxi", whole);
        assertThat(whole.get("merged").asInt()).isEqualTo(1);
        assertThat(whole.get("reports").get(0).get("id")).isEqualTo(part.get("id"));
        assertThat(ids(list("daxi", "?limit=500"))).doesNotContain(part.get("id").asString());
        part = done("daxi", part, "unmerge", Map.of());
        assertThat(part.get("step").asString()).isEqualTo("received");
        assertThat(read("daxi", whole).get("merged").asInt()).isZero();
        var other = open("zeguo", Map.of());
        assertThat(act("zeguo", other, "merge", into).statusCode()).isEqualTo(404);
    }

    @Test
    void strangersAndThoseWithoutTheRightChangeNothing() {
        var incident = open("daxi", Map.of());
        var id = incident.get("id").asString();
        assertThat(node.get("xinhe", "/api/incidents/" + id).statusCode()).isEqualTo(404);
        assertThat(node.get("daxi-police", "/api/incidents/" + id).statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", "/api/incidents/" + id + "/timeline").statusCode())
                .isEqualTo(404);
        assertThat(act("xinhe", incident, "note", Map.of("text", "x")).statusCode()).isEqualTo(404);
        assertThat(act("daxi-analysis", incident, "accept", Map.of()).statusCode()).isEqualTo(403);
        assertThat(act("daxi", incident, "dispatch", Map.of("node", "xinhe")).statusCode())
                .isEqualTo(404);
        assertThat(act("daxi", incident, "settle", Map.of()).statusCode()).isEqualTo(400);
        assertThat(act("daxi", incident, "note", Map.of()).statusCode()).isEqualTo(400);
        assertThat(act("daxi", incident, "note", Map.of("text", "a\0b")).statusCode())
                .isEqualTo(400);
        assertThat(act("daxi", incident, "note", Map.of("text", "x".repeat(4_001))).statusCode())
                .isEqualTo(400);
        assertThat(code(act("daxi", incident, "dispatch", Map.of("node", "city"))))
                .isEqualTo("village-session-required");
        var path = "/api/incidents/" + id + "/actions";
        assertThat(node.post("daxi", path, Map.of("action", "accept")).statusCode()).isEqualTo(400);
        for (var bad :
                Map.<String, Object>of(
                                "title", "",
                                "severity", "pink",
                                "place", "x".repeat(201),
                                "point", Map.of("latitude", 91, "longitude", 0),
                                "clientId", "a b",
                                "node", "xinhe")
                        .entrySet()) {
            var status =
                    node.post(
                            "daxi",
                            "/api/incidents",
                            opening(Map.of(bad.getKey(), bad.getValue())));
            assertThat(status.statusCode()).as(bad.getKey()).isBetween(400, 404);
        }
    }

    @Test
    void whoIsInTheFieldReportsToTheRoom() {
        var reported = node.post("xinhe-grid1", "/api/incidents", opening(Map.of()));
        assertThat(reported.statusCode()).isEqualTo(201);
        var incident = TestNode.json(reported);
        assertThat(incident.get("node").asString()).isEqualTo("xinhe");
        assertThat(incident.get("source").asString()).isEqualTo("grid");
        assertThat(incident.get("rooms").get(0).get("state").asString()).isEqualTo("offered");
        assertThat(words(read("xinhe", incident).get("may"))).contains("accept");
        assertThat(
                        node.post("xinhe-grid1", "/api/incidents", opening(Map.of("node", "zeguo")))
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theRulesAreThereToBeShown() {
        var loops = TestNode.json(node.get("xinhe", "/api/loops"));
        assertThat(loops).hasSize(3);
        assertThat(loops.get(0).get("steps")).hasSize(7);
        assertThat(loops.get(0).get("steps").get(0).get("clock").get("minutes").asInt())
                .isEqualTo(1);
        var severities = TestNode.json(node.get("xinhe", "/api/severities"));
        assertThat(severities.get(0).get("severity").asString()).isEqualTo("red");
        assertThat(severities.get(0).get("signOff").asString()).isEqualTo("centre");
    }

    private JsonNode supervised(String town) {
        var reporter = Map.of("reporter", Map.of("name", "赵某"));
        return toSupervised(town, open(town, reporter));
    }

    private JsonNode toSupervised(String town, JsonNode incident) {
        var at = incident;
        for (int step = 0; step < 5; step++) {
            at = done(town, at, "advance", Map.of("note", "第" + step + "步"));
        }
        assertThat(at.get("step").asString()).isEqualTo("supervised");
        return at;
    }

    private JsonNode open(String account, Map<String, ?> fields) {
        var answer = node.post(account, "/api/incidents", opening(fields));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestNode.json(answer);
    }

    private static Map<String, Object> opening(Map<String, ?> fields) {
        var body = new HashMap<String, Object>();
        body.put("clientId", UUID.randomUUID().toString());
        body.put("title", "夜间施工噪声");
        body.put("severity", "yellow");
        body.put("place", "塘下村口");
        body.putAll(fields);
        return body;
    }

    private JsonNode read(String account, JsonNode incident) {
        return TestNode.json(node.get(account, "/api/incidents/" + incident.get("id").asString()));
    }

    private JsonNode done(String account, JsonNode incident, String action, Map<String, ?> fields) {
        var answer = act(account, incident, action, fields);
        assertThat(answer.statusCode()).as(action + " " + answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private HttpResponse<String> act(
            String account, JsonNode incident, String action, Map<String, ?> fields) {
        var path = "/api/incidents/" + incident.get("id").asString() + "/actions";
        return node.post(account, path, body(incident, action, fields));
    }

    private static Map<String, Object> body(
            JsonNode incident, String action, Map<String, ?> fields) {
        var body = new HashMap<String, Object>();
        body.put("clientId", UUID.randomUUID().toString());
        body.put("version", incident.get("version").asLong());
        body.put("action", action);
        body.putAll(fields);
        return body;
    }

    private static String code(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isBetween(400, 499);
        return TestNode.json(answer).get("code").asString();
    }

    private JsonNode list(String account, String query) {
        var answer = node.get(account, "/api/incidents" + encoded(query));
        assertThat(answer.statusCode()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private static String encoded(String query) {
        int text = query.indexOf("q=") + 2;
        return text < 2
                ? query
                : query.substring(0, text)
                        + URLEncoder.encode(query.substring(text), StandardCharsets.UTF_8);
    }

    private static Set<String> ids(JsonNode list) {
        var ids = new HashSet<String>();
        list.forEach(one -> ids.add(Objects.requireNonNull(one.get("id")).asString()));
        return ids;
    }

    private static Set<String> words(JsonNode list) {
        var words = new HashSet<String>();
        list.forEach(word -> words.add(word.asString()));
        return words;
    }
}
