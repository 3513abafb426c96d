package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Incidents over REST: who sees them, and how one goes on.
class IncidentRestTest {
    private final TestNode node = TestNode.shared();

    @Test
    void everyRoomSeesItsOwnAndThePairsIncidents() {
        for (var account : new String[] {"xinhe", "xinhe-police"}) {
            var list = TestNode.json(node.get(account, "/api/incidents?limit=500"));
            assertThat(list).isNotEmpty();
            assertThat(list).allMatch(one -> one.get("node").asString().startsWith("xinhe"));
            assertThat(list).allMatch(one -> one.get("point").get("latitude").isDouble());
        }
        assertThat(TestNode.json(node.get("city", "/api/incidents?limit=500"))).hasSize(30);
        assertThat(node.get("city", "/api/incidents?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void anIncidentGoesOnStepByStepFromTheVersionThatWasRead() {
        var incident = open("zeguo");
        var id = incident.get("id").asString();
        long version = incident.get("version").asLong();

        var moved = move("zeguo", id, "supervised", version);
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(moved).get("state").asString()).isEqualTo("supervised");
        assertThat(TestNode.json(moved).get("version").asLong()).isEqualTo(version + 1);

        assertThat(move("zeguo", id, "supervised", version).statusCode()).isEqualTo(200);
        var late = move("zeguo", id, "review", version);
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("\"code\":\"version-conflict\"");

        var closed = move("zeguo", id, "closed", version + 1);
        assertThat(closed.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(closed).get("closedAt").asString()).isNotBlank();
        assertThat(move("zeguo", id, "closed", version).statusCode()).isEqualTo(200);
        var again = move("zeguo", id, "handling", version + 2);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("\"code\":\"step-not-allowed\"");
        assertThat(node.get("zeguo", "/api/journal?limit=1000").body())
                .contains("INCIDENT_CHANGED", "INCIDENT_CLOSED", "incident:" + id);
    }

    @Test
    void strangersAndThoseWithoutTheRightChangeNothing() {
        var id = open("daxi").get("id").asString();
        assertThat(node.get("xinhe", "/api/incidents/" + id).statusCode()).isEqualTo(404);
        assertThat(move("xinhe", id, "closed", 0).statusCode()).isEqualTo(404);
        assertThat(move("daxi", "no-such", "closed", 0).statusCode()).isEqualTo(404);
        assertThat(move("daxi-analysis", id, "closed", 0).statusCode()).isEqualTo(403);
        assertThat(move("daxi", id, "settled", 0).statusCode()).isEqualTo(400);
        assertThat(post("daxi", id, Map.of("state", "closed")).statusCode()).isEqualTo(400);
        assertThat(post("daxi", id, Map.of("version", 0)).statusCode()).isEqualTo(400);
        assertThat(post("daxi", id, Map.of("state", 7, "version", "x")).statusCode())
                .isEqualTo(400);
    }

    private JsonNode open(String town) {
        for (var incident : TestNode.json(node.get(town, "/api/incidents?limit=500"))) {
            var state = incident.get("state").asString();
            if (!state.equals("closed") && !state.equals("supervised")) {
                return Objects.requireNonNull(incident);
            }
        }
        throw new AssertionError("no open incident in " + town);
    }

    private HttpResponse<String> move(String account, String id, String state, long version) {
        return post(account, id, Map.of("state", state, "version", version));
    }

    private HttpResponse<String> post(String account, String id, Map<String, Object> change) {
        return node.post(account, "/api/incidents/" + id + "/state", change);
    }
}
