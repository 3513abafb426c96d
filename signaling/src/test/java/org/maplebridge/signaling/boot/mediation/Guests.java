package org.maplebridge.signaling.boot.mediation;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.MediationMessage.ConsentTo;
import org.maplebridge.signaling.protocol.MediationMessage.MediationConsent;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import tools.jackson.databind.JsonNode;

/// People at a mediation's table, for tests: mediator p1, parties p2 and p3.
final class Guests {
    static final String NAME = "10,10 60,40 90,80 120,30 160,90 200,50 240,90 300,20";

    private final TestNode node;
    final String id;

    Guests(TestNode node, Map<String, Object> more) {
        this.node = node;
        var body = new java.util.HashMap<String, Object>(more);
        body.putIfAbsent("title", "相邻采光纠纷");
        body.putIfAbsent("matter", "香樟遮挡采光");
        body.putIfAbsent(
                "people",
                List.of(
                        Map.of("role", "party", "name", "张某", "phone", "13800000001"),
                        Map.of("role", "party", "name", "李某")));
        var answer = node.post("mediator", "/api/mediations", body);
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.body());
        }
        id = TestNode.json(answer).get("id").asString();
    }

    /// The link's secret.
    String invite(String person) {
        var answer =
                node.post(
                        "mediator",
                        "/api/mediations/" + id + "/people/" + person + "/invitations",
                        Map.of());
        return TestNode.json(answer).get("path").asString().replaceAll("^.*#", "");
    }

    HttpResponse<String> show(String link) {
        return node.send(
                node.request("/api/public/invitations")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(TestNode.text(Map.of("token", link)))));
    }

    String place(String person) {
        var answer = show(invite(person));
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.body());
        }
        return TestNode.json(answer).get("token").asString();
    }

    TestSocket guest(String person) {
        return TestSocket.open(node, place(person), false);
    }

    /// Somebody who has agreed to keep it to themselves.
    TestSocket bound(String person) {
        return agreed(guest(person));
    }

    static TestSocket agreed(TestSocket socket) {
        var state = socket.await(MediationState.class);
        socket.ask(new MediationConsent(ConsentTo.CONFIDENTIALITY, state.consentTexts(), true));
        return socket;
    }

    TestSocket mediator() {
        var answer = node.post("mediator", "/api/mediations/" + id + "/seat", Map.of());
        return TestSocket.open(node, TestNode.json(answer).get("token").asString(), false);
    }

    JsonNode view() {
        return TestNode.json(node.get("mediator", "/api/mediations/" + id));
    }
}
