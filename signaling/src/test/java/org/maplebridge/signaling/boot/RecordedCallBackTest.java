package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// A call-back that names its recording, against what was really said.
class RecordedCallBackTest {
    private final TestNode node = TestNode.shared();

    @Test
    void onlyAConversationOfTheSeatsOwnSinceTheReportProvesIt() {
        String before = said();
        var incident = opened();
        String after = said();

        assertThat(why(calledBack("xinhe", incident, before))).isEqualTo("no-recording");
        assertThat(why(calledBack("xinhe", incident, "never-said"))).isEqualTo("no-recording");
        var taken = calledBack("xinhe", incident, after);
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(TestNode.json(taken).get("callbacks").get(0).get("call").asString())
                .isEqualTo(after);
    }

    @Test
    void whatOthersSaidIsNoCallBackOfThisSeat() {
        var incident = opened("zeguo");
        assertThat(why(calledBack("zeguo", incident, said()))).isEqualTo("no-recording");
    }

    private String said() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            return Talk.in(Talk.GROUP, car, room).id();
        }
    }

    private JsonNode opened() {
        return opened("xinhe");
    }

    private JsonNode opened(String seat) {
        var incident =
                Map.of(
                        "clientId",
                        UUID.randomUUID().toString(),
                        "title",
                        "井盖缺失",
                        "severity",
                        "yellow",
                        "place",
                        "集市");
        return TestNode.json(node.post(seat, "/api/incidents", incident));
    }

    private HttpResponse<String> calledBack(String seat, JsonNode incident, String call) {
        var path = "/api/incidents/" + incident.get("id").asString();
        var action = new HashMap<String, Object>();
        action.put("clientId", UUID.randomUUID().toString());
        action.put("version", TestNode.json(node.get(seat, path)).get("version").asLong());
        action.put("action", "callback");
        action.put("how", "call");
        action.put("text", "已修好");
        action.put("call", call);
        return node.post(seat, path + "/actions", action);
    }

    private static String why(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(TestNode.json(answer).get("code").asString()).isEqualTo("not-proved");
        return TestNode.json(answer).get("why").asString();
    }
}
