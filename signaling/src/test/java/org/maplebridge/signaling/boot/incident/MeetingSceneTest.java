package org.maplebridge.signaling.boot.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;
import org.maplebridge.signaling.protocol.ServerMessage.GroupNews.GroupChanged;
import tools.jackson.databind.JsonNode;

/// Who has to come and did, the joint session, and letters, over REST.
class MeetingSceneTest {
    private static final Map<String, Object> POINT = Map.of("latitude", 28.40, "longitude", 121.40);

    private final TestNode node = TestNode.shared();
    private final Seats seats = new Seats(node);

    @Test
    void arrivalIsProvedByWhereTheUnitIs() {
        var incident = seats.open("xinhe", Map.of("point", POINT));
        incident = seats.done("xinhe", incident, "expect", Map.of("name", "派出所民警"));
        var who = incident.get("attendance").get(1).get("who").asString();
        var position =
                Map.<String, Object>of("who", who, "proof", "position", "unit", "xinhe-grid2");
        try (var car = node.terminal("xinhe-grid2")) {
            car.snapshot();
            report(car, 28.45);
            var far = TestNode.json(seats.act("xinhe", incident, "attend", position));
            assertThat(far.get("code").asString()).isEqualTo("not-proved");
            assertThat(far.get("why").asString()).isEqualTo("too-far");
            assertThat(far.get("metres").asInt()).isGreaterThan(5_000);
        }
        var handling = seats.done("xinhe", incident, "advance", Map.of());
        handling = seats.done("xinhe", handling, "advance", Map.of());
        var said = Map.<String, Object>of("who", who, "proof", "word", "text", "他说到了");
        handling = seats.done("xinhe", handling, "attend", said);
        assertThat(handling.get("attendance").get(1).get("proof").asString()).isEqualTo("word");
        assertThat(seats.code("xinhe", handling, "advance", Map.of("note", "好")))
                .isEqualTo("evidence-required");
        var picture = Map.<String, Object>of("who", who, "proof", "picture", "evidence", "none");
        assertThat(seats.code("xinhe", handling, "attend", picture)).isEqualTo("not-proved");
        var hidden = Map.<String, Object>of("who", who, "proof", "position", "unit", "zeguo-car1");
        assertThat(seats.code("xinhe", handling, "attend", hidden)).isEqualTo("not-visible");

        try (var car = node.terminal("xinhe-grid1")) {
            car.snapshot();
            report(car, 28.4005);
            var there =
                    Map.<String, Object>of("who", who, "proof", "position", "unit", "xinhe-grid1");
            handling = seats.done("xinhe", handling, "attend", there);
        }

        var arrival = handling.get("attendance").get(1);
        assertThat(arrival.get("proof").asString()).isEqualTo("position");
        assertThat(arrival.get("metres").asInt()).isBetween(40, 70);
        assertThat(arrival.get("unit").asString()).contains("网格员");
        seats.done("xinhe", handling, "advance", Map.of("note", "好"));
    }

    @Test
    void whoNeedNotComeAfterAllIsExcusedWithAReason() {
        var incident = seats.open("xinhe", Map.of());
        incident = seats.done("xinhe", incident, "expect", Map.of("name", "村医"));
        var who = incident.get("attendance").get(1).get("who").asString();
        incident = seats.done("xinhe", incident, "excuse", Map.of("who", who, "reason", "无人受伤"));
        assertThat(incident.get("attendance").get(1).get("excused").asString()).isEqualTo("无人受伤");
    }

    @Test
    void whatNobodyOwnsIsTalkedAboutBeforeItIsHandedOn() {
        var incident = seats.open("xinhe", Map.of("title", "半夜有怪声不知何处来"));
        assertThat(incident.has("suggestion")).isFalse();
        var blind = Map.<String, Object>of("node", "enforcement", "role", "owner");
        assertThat(seats.code("xinhe", incident, "dispatch", blind))
                .isEqualTo("joint-session-required");
        var id = incident.get("id").asString();
        try (var town = node.console("xinhe");
                var agency = node.console("enforcement")) {
            town.snapshot();
            agency.snapshot();
            incident =
                    seats.done(
                            "xinhe",
                            incident,
                            "confer",
                            Map.of(
                                    "nodes",
                                    List.of("xinhe-police", "enforcement"),
                                    "reason",
                                    "不知归谁管"));
            assertThat(incident.get("session").get("rooms").toString()).contains("综合行政执法队");
            var group = UUID.randomUUID().toString();
            var units = List.of("xinhe", "xinhe-police", "enforcement");
            assertThat(town.verdict(new GroupMake(group, "联合会商", units, null, id))).isEqualTo("ok");
            agency.await(
                    GroupChanged.class,
                    c -> c.group().id().equals(group) && c.group().affiliated());
        }
        var settle =
                Map.<String, Object>of(
                        "node", "enforcement", "reason", "夜间噪声", "nodes", List.of("enforcement"));
        assertThat(seats.code("xinhe", incident, "settle", settle)).isEqualTo("step-not-allowed");
        seats.done("enforcement", incident, "accept", Map.of());

        incident = seats.done("xinhe", incident, "settle", settle);

        assertThat(incident.get("node").asString()).isEqualTo("enforcement");
        assertThat(incident.get("session").get("decision").asString()).isEqualTo("夜间噪声");
        assertThat(incident.get("session").get("present")).hasSize(2);
        var line = node.get("xinhe", Seats.path(incident) + "/timeline").body();
        assertThat(line).contains("\"confer\"", "\"settle\"", "xinhe enforcement");
    }

    @Test
    void lettersAreFilledAndWhoPrintedThemIsWrittenDown() {
        assertThat(TestNode.json(node.get("xinhe", "/api/letters"))).hasSize(3);
        var incident =
                seats.open(
                        "xinhe",
                        Map.of("title", "挖掘机泥印 <b>{to}</b>", "text", "<script>alert(1)</script>"));
        incident =
                seats.done("xinhe", incident, "invite", Map.of("node", "traffic", "reason", "请来"));
        var path = Seats.path(incident) + "/letters/";
        var letter = TestNode.json(node.get("xinhe", path + "reminder?node=traffic"));
        assertThat(letter.get("to").asString()).isEqualTo("交通执法队");
        assertThat(letter.get("from").asString()).contains("新河");
        assertThat(letter.get("heading").asString()).contains("<b>{to}</b>");
        assertThat(letter.get("paragraphs").toString())
                .contains("交通执法队：", incident.get("number").asString(), "第 2-1 项")
                .contains("<script>");
        var due = letter.get("due").asString();
        assertThat(Instant.parse(due)).isAfter(Instant.now());
        assertThat(node.get("xinhe", path + "reminder?node=zeguo").statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", path + "love-letter").statusCode()).isEqualTo(404);
        assertThat(node.get("zeguo", path + "reminder").statusCode()).isEqualTo(404);

        incident =
                seats.done(
                        "xinhe",
                        incident,
                        "letter",
                        Map.of("letter", "reminder", "node", "traffic", "sent", true, "due", due));

        JsonNode written = incident.get("letters").get(0);
        assertThat(written.get("to").get("name").asString()).isEqualTo("交通执法队");
        assertThat(written.get("by").asString()).contains("新河");
        assertThat(node.get("xinhe", Seats.path(incident) + "/timeline").body())
                .contains("\"letter\"", "\"how\":\"sent\"");
    }

    private static void report(TestSocket terminal, double latitude) {
        var place = new Place(latitude, 121.40);
        assertThat(terminal.verdict(new PositionReport(place, 5.0, Instant.now()))).isEqualTo("ok");
    }
}
