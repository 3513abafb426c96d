package org.maplebridge.signaling.boot.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;
import tools.jackson.databind.JsonNode;

/// Rosters and hand-over notes as rooms keep them.
class DutyRestTest {
    private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);

    private final TestNode node = TestNode.shared();

    @Test
    void aRoomKeepsItsOwnRosterAndTheCentreReadsAll() {
        var shift = added("xinhe", shift("张三"));
        assertThat(shift.get("node").asString()).isEqualTo("xinhe");
        var now = read("xinhe", "/api/duty");
        assertThat(now.get("mayEdit").asBoolean()).isTrue();
        assertThat(now.toString()).contains(shift.get("id").asString());
        assertThat(read("city", "/api/duty").toString()).contains(shift.get("id").asString());
        assertThat(read("city", "/api/duty?node=xinhe").get("mayEdit").asBoolean()).isFalse();
        assertThat(read("zeguo", "/api/duty").toString())
                .doesNotContain(shift.get("id").asString());
        assertThat(node.get("zeguo", "/api/duty?node=xinhe").statusCode()).isEqualTo(404);
        assertThat(node.get("car1", "/api/duty").statusCode()).isEqualTo(403);
        assertThat(node.post("zeguo", path(shift), shift("李四")).statusCode()).isEqualTo(404);
        assertThat(node.post("city", path(shift), shift("李四")).statusCode()).isEqualTo(404);
    }

    @Test
    void whoIsSecondIsToldWhoWasFirst() {
        var shift = added("daxi", shift("张三"));
        var change = shift("李四");
        var changed = TestNode.json(node.post("daxi-emergency", path(shift), change));
        assertThat(changed.get("person").asString()).isEqualTo("李四");
        change.put("person", "王五");
        var late = node.post("daxi", path(shift), change);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(TestNode.json(late).get("code").asString()).isEqualTo("version-conflict");
        assertThat(TestNode.json(late).get("who").asString()).contains("应急机动岗");
        assertThat(TestNode.json(late).get("at").asString()).startsWith("20");
        assertThat(delete("daxi", path(shift) + "?version=0").statusCode()).isEqualTo(409);
        assertThat(delete("daxi", path(shift) + "?version=1").statusCode()).isEqualTo(204);
        assertThat(delete("daxi", path(shift) + "?version=1").statusCode()).isEqualTo(404);
        assertThat(node.get("commander", "/api/audit?subject=daxi").body())
                .contains("DUTY_CHANGED", "李四", "removed");
    }

    @Test
    void whatIsSentTwiceIsThereOnce() {
        var shift = shift("张三");
        assertThat(node.post("zeguo", "/api/duty/shifts", shift).statusCode()).isEqualTo(201);
        assertThat(node.post("zeguo", "/api/duty/shifts", shift).statusCode()).isEqualTo(200);
        shift.put("person", "李四");
        assertThat(node.post("zeguo", "/api/duty/shifts", shift).statusCode()).isEqualTo(409);
        // another room is not told whose it is
        var elsewhere = node.post("xinhe", "/api/duty/shifts", shift);
        assertThat(elsewhere.statusCode()).isEqualTo(409);
        assertThat(elsewhere.body()).doesNotContain("who");
    }

    @Test
    void whatIsNoShiftIsRefusedByName() {
        refused("malformed", "post", "gardener");
        refused("malformed", "person", " ");
        refused("too-large", "person", "长".repeat(61));
        refused("shift-ends-before-it-begins", "until", HOUR.minusSeconds(60).toString());
        refused("shift-too-long", "until", HOUR.plusSeconds(9 * 86_400).toString());
        refused("malformed", "from", "tomorrow");
        refused("malformed", "clientId", "a b");
        assertThat(
                        node.get(
                                        "xinhe",
                                        "/api/duty?from=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z")
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aSheetIsTakenWholeOrRefusedByItsLine() {
        var day = HOUR.plus(30, ChronoUnit.DAYS).toString().substring(0, 10);
        var good = "日期,岗位,姓名,开始,结束\n" + day + ",综合协调岗,赵六,08:00,20:00\n";
        var taken = sheet("xinhe", good + day + ",带班领导,钱七,8:00,08:00\n");
        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(TestNode.json(taken).get("shifts").asInt()).isEqualTo(2);
        var bad = sheet("xinhe", good + day + ",综合协调岗,=cmd(),08:00,20:00\n");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(TestNode.json(bad).get("code").asString()).isEqualTo("sheet-formula-cell");
        assertThat(TestNode.json(bad).get("line").asInt()).isEqualTo(3);
        assertThat(sheet("car1", good).statusCode()).isEqualTo(403);
    }

    @Test
    void aShiftTellsTheNextAndIsTakenOverOnceBySomebodyElse() {
        var id = UUID.randomUUID().toString();
        var note = Map.of("clientId", id, "from", "张三", "text", "东海大道封路到 22:00\n注意绕行");
        assertThat(node.post("xinhe", "/api/duty/notes", note).statusCode()).isEqualTo(201);
        assertThat(node.post("xinhe", "/api/duty/notes", note).statusCode()).isEqualTo(201);
        assertThat(node.get("city", "/api/duty/notes").body()).contains("东海大道封路");
        assertThat(node.get("zeguo", "/api/duty/notes").body()).doesNotContain("东海大道封路");
        var take = "/api/duty/notes/" + id + "/take";
        assertThat(node.post("zeguo", take, Map.of("to", "李四")).statusCode()).isEqualTo(404);
        assertThat(code(node.post("xinhe", take, Map.of("to", "张三")))).isEqualTo("same-person");
        assertThat(node.post("xinhe", take, Map.of("to", "李四")).statusCode()).isEqualTo(200);
        assertThat(node.post("xinhe", take, Map.of("to", "李四")).statusCode()).isEqualTo(200);
        var late = node.post("xinhe", take, Map.of("to", "王五"));
        assertThat(code(late)).isEqualTo("taken-already");
        assertThat(TestNode.json(late).get("who").asString()).isEqualTo("李四");
        assertThat(node.get("commander", "/api/audit?subject=xinhe").body())
                .contains("DUTY_HANDED_OVER");
    }

    private void refused(String code, String field, String value) {
        var shift = shift("张三");
        shift.put(field, value);
        var answer = node.post("xinhe", "/api/duty/shifts", shift);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo(code);
    }

    private static String code(HttpResponse<String> answer) {
        return TestNode.json(answer).get("code").asString();
    }

    private JsonNode added(String account, Map<String, Object> shift) {
        var answer = node.post(account, "/api/duty/shifts", shift);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestNode.json(answer);
    }

    private JsonNode read(String account, String path) {
        var answer = node.get(account, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private HttpResponse<String> delete(String account, String path) {
        return node.send(node.as(account, path).DELETE());
    }

    private HttpResponse<String> sheet(String account, String csv) {
        return node.send(
                node.as(account, "/api/duty/import")
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(csv)));
    }

    private static String path(JsonNode shift) {
        return "/api/duty/shifts/" + shift.get("id").asString();
    }

    private static Map<String, Object> shift(String person) {
        var shift = new HashMap<String, Object>();
        shift.put("clientId", UUID.randomUUID().toString());
        shift.put("version", 0);
        shift.put("post", "coordination");
        shift.put("person", person);
        shift.put("from", HOUR.toString());
        shift.put("until", HOUR.plusSeconds(12 * 3_600).toString());
        return shift;
    }
}
