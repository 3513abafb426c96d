package org.maplebridge.signaling.boot.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.maplebridge.signaling.boot.TestNode;
import tools.jackson.databind.JsonNode;

/// What seats do over REST, in short.
record Seats(TestNode node) {
    JsonNode open(String account, Map<String, Object> fields) {
        var body = new HashMap<String, Object>();
        body.put("clientId", UUID.randomUUID().toString());
        body.put("title", "挖掘机泥印弄脏院子");
        body.put("severity", "yellow");
        body.put("place", "长屿村");
        body.putAll(fields);
        var answer = node.post(account, "/api/incidents", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestNode.json(answer);
    }

    JsonNode read(String account, JsonNode incident) {
        var answer = node.get(account, path(incident));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    HttpResponse<String> act(
            String account, JsonNode incident, String action, Map<String, Object> fields) {
        return send(account, incident, UUID.randomUUID().toString(), action, fields);
    }

    HttpResponse<String> send(
            String account,
            JsonNode incident,
            String clientId,
            String action,
            Map<String, Object> fields) {
        var body = new HashMap<String, Object>(fields);
        body.put("clientId", clientId);
        body.put("version", read(account, incident).get("version").asLong());
        body.put("action", action);
        return node.post(account, path(incident) + "/actions", body);
    }

    JsonNode done(String account, JsonNode incident, String action, Map<String, Object> fields) {
        var answer = act(account, incident, action, fields);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    /// The code of a refusal.
    String code(String account, JsonNode incident, String action, Map<String, Object> fields) {
        return TestNode.json(act(account, incident, action, fields)).get("code").asString();
    }

    static String path(JsonNode incident) {
        return "/api/incidents/" + incident.get("id").asString();
    }
}
