package org.maplebridge.signaling.boot.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.incident.Action;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ClientMessage.GroupMessage.GroupMake;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.IncidentNews.IncidentChanged;
import tools.jackson.databind.JsonNode;

/// What a town has is nobody else's, whichever door they try.
class IncidentRightsTest {
    private static final String TITLE = "只有新河看得见的事";

    private final TestNode node = TestNode.shared();

    @Test
    void strangersFindItBehindNoDoor() {
        var incident = open("xinhe");
        var id = incident.get("id").asString();
        for (User user : DemoCounty.organisation().users()) {
            var account = user.id().value();
            boolean own = account.equals("xinhe") || account.startsWith("xinhe-");
            boolean inRoom = user.node().value().equals("xinhe");
            boolean centre = account.equals("city") || account.equals("commander");
            boolean sees = centre || (own && inRoom);
            var list = node.get(account, "/api/incidents?limit=500");
            assertThat(list.body().contains(id)).as("list of " + account).isEqualTo(sees);
            for (var path : List.of("", "/timeline")) {
                int status = node.get(account, "/api/incidents/" + id + path).statusCode();
                assertThat(status).as(path + " of " + account).isIn(statuses(sees, account));
            }
            if (!sees) {
                for (var kind : Action.Kind.values()) {
                    var answer = act(account, id, kind);
                    assertThat(answer).as(kind + " of " + account).isIn(403, 404);
                }
            }
            boolean audits = account.equals("admin"); // reads the county's whole journal
            boolean reads = !account.equals("xinhe-mediator");
            assertThat(node.journal(account).contains(id))
                    .as("journal of " + account)
                    .isEqualTo(audits || (sees && reads));
        }
    }

    private static List<Integer> statuses(boolean sees, String account) {
        if (account.equals("admin")) {
            return List.of(403);
        }
        return List.of(sees ? 200 : 404);
    }

    @Test
    void strangersDoNotHearOfItAndHangNothingOnIt() {
        try (var zeguo = node.console("zeguo");
                var police = node.console("xinhe-police");
                var town = node.console("xinhe");
                var admin = node.console("admin")) {
            for (var socket : List.of(zeguo, police, town, admin)) {
                socket.snapshot();
            }
            var incident = open("xinhe");
            var id = incident.get("id").asString();
            town.await(IncidentChanged.class, news -> news.id().equals(id));
            for (var socket : List.of(zeguo, police)) {
                var group = new GroupMake(UUID.randomUUID().toString(), "组", List.of(), null, id);
                assertThat(socket.verdict(group)).isEqualTo("not-visible");
            }

            give(incident, "xinhe-police");
            var heard = police.await(IncidentChanged.class, news -> news.id().equals(id));
            assertThat(heard.version()).isEqualTo(1); // nothing of what was before
            var other = open("zeguo").get("id").asString();
            zeguo.await(IncidentChanged.class, news -> news.id().equals(other));
            for (var socket : List.of(zeguo, admin)) {
                assertThat(socket.frames())
                        .noneMatch(frame ->
                                frame.message() instanceof IncidentChanged news
                                        && news.id().equals(id));
            }
        }
    }

    @Test
    void theTimeLineShowsEachRoomWhatIsItsOwn() {
        var incident = open("xinhe");
        var id = incident.get("id").asString();
        give(incident, "xinhe-police");
        var order = UUID.randomUUID().toString();
        try (var town = node.console("xinhe");
                var zeguo = node.console("zeguo")) {
            town.snapshot();
            zeguo.snapshot();
            assertThat(town.verdict(order(order, "car1", id))).isEqualTo("ok");
            assertThat(zeguo.verdict(order(UUID.randomUUID().toString(), "zeguo-car1", id)))
                    .isEqualTo("not-visible");
        }

        var own = node.get("xinhe", "/api/incidents/" + id + "/timeline").body();
        assertThat(own).contains("\"opened\"", "\"dispatch\"", order, "新河指挥室座席", "综合协调岗");
        var partner = node.get("xinhe-police", "/api/incidents/" + id + "/timeline").body();
        assertThat(partner).contains("\"opened\"", "\"dispatch\"").doesNotContain(order);
    }

    private static OrderPlace order(String id, String unit, String incident) {
        return new OrderPlace(id, List.of(unit), null, "去塘下村口处置噪声", Severity.ORANGE, incident);
    }

    private void give(JsonNode incident, String room) {
        var body = body(incident.get("version").asLong(), "dispatch");
        body.put("node", room);
        var path = "/api/incidents/" + incident.get("id").asString() + "/actions";
        assertThat(node.post("xinhe", path, body).statusCode()).isEqualTo(200);
    }

    private int act(String account, String id, Action.Kind kind) {
        var body = body(0, kind.name().toLowerCase(Locale.ROOT));
        for (var field : List.of("reason", "who", "proof", "text", "result", "name", "letter")) {
            body.put(field, "x");
        }
        body.put("node", "xinhe-police");
        body.put("into", id);
        body.put("how", "refused");
        body.put("nodes", List.of("xinhe-police"));
        body.put("severity", "red");
        return node.post(account, "/api/incidents/" + id + "/actions", body).statusCode();
    }

    private static Map<String, Object> body(long version, String action) {
        var body = new HashMap<String, Object>();
        body.put("clientId", UUID.randomUUID().toString());
        body.put("version", version);
        body.put("action", action);
        return body;
    }

    private JsonNode open(String account) {
        var answer =
                node.post(
                        account,
                        "/api/incidents",
                        Map.of(
                                "clientId",
                                UUID.randomUUID().toString(),
                                "title",
                                TITLE,
                                "severity",
                                "yellow",
                                "place",
                                "塘下村口"));
        assertThat(answer.statusCode()).isEqualTo(201);
        return TestNode.json(answer);
    }
}
