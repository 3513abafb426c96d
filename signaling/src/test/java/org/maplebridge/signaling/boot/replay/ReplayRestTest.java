package org.maplebridge.signaling.boot.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import tools.jackson.databind.JsonNode;

/// Going through an incident again, over REST: whose it is, what is told, and what is written down.
class ReplayRestTest {
    private final TestNode node = TestNode.shared();
    private final RecordStores record = node.bean("recordStores", RecordStores.class);

    @Test
    void strangersReplayNothingOfIt() {
        var id = open();
        var mark = Map.of("clientId", id(), "at", now(), "kind", "finding", "text", "x");
        for (User user : DemoCounty.organisation().users()) {
            var account = user.id().value();
            boolean inRoom = user.node().value().equals("xinhe");
            boolean centre = account.equals("city") || account.equals("commander");
            if (inRoom || centre) {
                continue;
            }
            for (var path : List.of("/replay", "/ways", "/marks")) {
                int status = node.get(account, at(id) + path).statusCode();
                assertThat(status).as(path + " of " + account).isIn(403, 404);
            }
            int written = node.post(account, at(id) + "/marks", mark).statusCode();
            assertThat(written).as("a mark of " + account).isIn(403, 404);
        }
        assertThat(json("xinhe", "/marks", id)).isEmpty();
        assertThat(node.get("city", at(id) + "/replay").statusCode()).isEqualTo(200);
    }

    @Test
    void unitsThatHadToDoWithItAreToldWithTheirWays() throws RecordUnavailable {
        var id = open();
        try (var room = node.console("xinhe")) {
            room.snapshot();
            room.verdict(new OrderPlace(id(), List.of("car2"), null, "去", Severity.ORANGE, id));
        }
        Instant first = Instant.now().plusMillis(5);
        record.tracks().keep(way("car2", first));
        record.tracks().keep(way("zeguo-car1", first));

        var replay = json("xinhe", "/replay", id);
        assertThat(replay.get("live").asBoolean()).isTrue();
        assertThat(replay.get("follows").asBoolean()).isTrue();
        assertThat(replay.get("units")).hasSize(1);
        assertThat(replay.get("units").get(0).get("id").asString()).isEqualTo("car2");
        var ways = json("xinhe", "/ways", id);
        assertThat(ways.toString())
                .contains("car2", "0,28375000,121372000")
                .doesNotContain("zeguo");
        var looks = record.audit().find("", id, first.minusSeconds(60), Instant.now(), 100);
        assertThat(looks)
                .extracting(AuditEntry::kind)
                .containsExactly(
                        AuditEntry.Kind.INCIDENT_REPLAYED, AuditEntry.Kind.INCIDENT_REPLAYED);
    }

    @Test
    void aPartnerSeesTheUnitsOfTheOwnOrdersOnly() {
        var id = open();
        try (var room = node.console("xinhe")) {
            room.snapshot();
            room.verdict(new OrderPlace(id(), List.of("car1"), null, "去", Severity.ORANGE, id));
        }
        var give = new HashMap<String, Object>();
        give.put("clientId", id());
        give.put("version", 0);
        give.put("action", "dispatch");
        give.put("node", "zeguo");
        int given = node.post("city", at(id) + "/actions", give).statusCode();
        assertThat(given).isEqualTo(200);
        assertThat(json("zeguo", "/replay", id).get("units")).isEmpty();
        assertThat(json("zeguo", "/ways", id)).isEmpty();
    }

    @Test
    void badHoursAreRefused() {
        var id = open();
        var early = "?from=2026-01-01T00:00:00Z&until=2026-01-01T07:00:00Z";
        for (var hours : List.of(early, "?from=nonsense", "?until=1999-01-01T00:00:00Z")) {
            assertThat(node.get("xinhe", at(id) + "/ways" + hours).statusCode())
                    .as(hours)
                    .isEqualTo(400);
        }
        assertThat(node.get("xinhe", at("nobody") + "/replay").statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", at("%2e%2e") + "/replay").statusCode()).isIn(400, 404);
    }

    @Test
    void aMarkIsWrittenOnceAndTakenBackByWhoWroteIt() throws RecordUnavailable {
        var id = open();
        var mark = new HashMap<String, Object>();
        mark.put("clientId", id());
        mark.put("at", now());
        mark.put("kind", "action");
        mark.put("text", "提示音调大");
        assertThat(post(id, mark)).isEqualTo(201);
        assertThat(post(id, mark)).isEqualTo(200);
        assertThat(post(id, with(mark, "text", "别的"))).isEqualTo(409);
        assertThat(post(id, with(mark, "kind", "joke"))).isEqualTo(400);
        assertThat(post(id, with(mark, "text", " "))).isEqualTo(400);
        assertThat(post(id, with(mark, "text", "x".repeat(501)))).isEqualTo(400);
        assertThat(post(id, with(mark, "at", "2001-01-01T00:00:00Z"))).isEqualTo(400);
        assertThat(post(id, with(mark, "at", "2101-01-01T00:00:00Z"))).isEqualTo(400);
        var shown = json("city", "/marks", id);
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0).get("own").asBoolean()).isFalse();
        var path = at(id) + "/marks/" + shown.get(0).get("id").asString();
        assertThat(node.send(node.as("city", path).DELETE()).statusCode()).isEqualTo(403);
        assertThat(node.send(node.as("xinhe", path).DELETE()).statusCode()).isEqualTo(204);
        assertThat(node.send(node.as("xinhe", path).DELETE()).statusCode()).isEqualTo(404);
        assertThat(node.get("xinhe", at(id) + "/timeline").body())
                .contains("reviewMarked", "reviewUnmarked");
        assertThat(record.marks().of(new IncidentId(id), 9)).isEmpty();
    }

    private static TrackPiece way(String unit, Instant at) {
        var place = new GeoPoint(28.375, 121.372);
        return TrackPiece.of(new UnitId(unit), List.of(new TrackPiece.Point(at, place)));
    }

    private JsonNode json(String account, String path, String incident) {
        var answer = node.get(account, at(incident) + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private int post(String incident, Map<String, Object> mark) {
        return node.post("xinhe", at(incident) + "/marks", mark).statusCode();
    }

    private static Map<String, Object> with(Map<String, Object> mark, String field, String value) {
        var changed = new HashMap<>(mark);
        changed.put(field, value);
        return changed;
    }

    private static String at(String incident) {
        return "/api/incidents/" + incident;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private static String now() {
        return Instant.now().toString();
    }

    private String open() {
        var report = Map.of("clientId", id(), "title", "集市打架", "severity", "red", "place", "新河集市");
        var answer = node.post("xinhe", "/api/incidents", report);
        assertThat(answer.statusCode()).isEqualTo(201);
        return TestNode.json(answer).get("id").asString();
    }
}
