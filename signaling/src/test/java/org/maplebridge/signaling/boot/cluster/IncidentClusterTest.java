package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.IncidentNews.IncidentChanged;
import org.maplebridge.signaling.protocol.IncidentNews.IncidentState;
import tools.jackson.databind.JsonNode;

/// Incidents over nodes: who hears of them, and who wins when two rooms act at once.
class IncidentClusterTest extends ClusterCase {
    IncidentClusterTest() {
        super(2);
    }

    @Test
    void whatOneNodeDoesIsHeardAtTheOther() {
        try (var town = node(1).console("xinhe");
                var city = node(1).console("city");
                var police = node(1).console("xinhe-police")) {
            town.snapshot();
            city.snapshot();
            police.snapshot();

            var incident = open(node(0));
            var id = incident.get("id").asString();
            var news = town.await(IncidentChanged.class, one -> one.id().equals(id));
            assertThat(news.state()).isEqualTo(IncidentState.RECEIVED);
            assertThat(news.number()).isEqualTo(incident.get("number").asString());
            assertThat(news.stepDue()).isNotNull();
            assertThat(news.overdue()).isFalse();
            city.await(IncidentChanged.class, one -> one.id().equals(id));

            var dispatch = body(incident, "dispatch");
            dispatch.put("node", "xinhe-police");
            assertThat(act(node(0), "xinhe", id, dispatch).statusCode()).isEqualTo(200);

            police.await(IncidentChanged.class, one -> one.id().equals(id));
            town.await(IncidentChanged.class, one -> one.id().equals(id) && one.version() == 1);
        }
    }

    @Test
    void oneOfTwoRoomsThatActAtOnceWinsAndTheOtherIsToldWho() throws Exception {
        var incident = open(node(0));
        var id = incident.get("id").asString();
        List<Callable<HttpResponse<String>>> work = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            var at = node(n % 2);
            var account = n % 2 == 0 ? "xinhe" : "city";
            work.add(() -> act(at, account, id, body(incident, "advance")));
        }

        var answers = new ArrayList<HttpResponse<String>>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(work)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        for (var late : answers) {
            if (late.statusCode() != 200) {
                assertThat(late.statusCode()).isEqualTo(409);
                var problem = TestNode.json(late);
                assertThat(problem.get("code").asString()).isEqualTo("version-conflict");
                assertThat(problem.get("who").asString()).isNotBlank();
                assertThat(problem.get("at").asString()).isNotBlank();
            }
        }
        var after = TestNode.json(node(1).get("xinhe", "/api/incidents/" + id));
        assertThat(after.get("step").asString()).isEqualTo("transferred");
        assertThat(after.get("version").asLong()).isEqualTo(1);
    }

    private static JsonNode open(TestNode node) {
        var answer =
                node.post(
                        "xinhe",
                        "/api/incidents",
                        Map.of(
                                "clientId",
                                UUID.randomUUID().toString(),
                                "title",
                                "渣土车洒落",
                                "severity",
                                "orange",
                                "place",
                                "长屿村主路"));
        assertThat(answer.statusCode()).isEqualTo(201);
        return TestNode.json(answer);
    }

    private static HttpResponse<String> act(
            TestNode node, String account, String id, Map<String, Object> body) {
        return node.post(account, "/api/incidents/" + id + "/actions", body);
    }

    private static Map<String, Object> body(JsonNode incident, String action) {
        var body = new HashMap<String, Object>();
        body.put("clientId", UUID.randomUUID().toString());
        body.put("version", incident.get("version").asLong());
        body.put("action", action);
        return body;
    }
}
