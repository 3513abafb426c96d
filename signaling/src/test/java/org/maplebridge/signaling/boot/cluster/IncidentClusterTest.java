package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.command.incident.Escalations;
import org.maplebridge.signaling.protocol.ClientMessage;
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

    @Test
    void whatIsLateIsEscalatedByOneNodeAndTold() throws RecordUnavailable {
        try (var city = node(1).console("city")) {
            city.snapshot();
            var late = late();
            var id = late.incident().id().value();
            assertThat(record().incidents().open(late, opened(late))).isPresent();

            for (int round = 0; round < 2; round++) {
                node(0).bean("escalations", Escalations.class).round();
                node(1).bean("escalations", Escalations.class).round();
            }

            var news = city.await(IncidentChanged.class, one -> one.id().equals(id));
            assertThat(news.severity()).isEqualTo(ClientMessage.OrderMessage.Severity.ORANGE);
            assertThat(news.overdue()).isTrue();
            assertThat(news.version()).isEqualTo(1);
            var line = node(1).get("xinhe", "/api/incidents/" + id + "/timeline").body();
            assertThat(line.split("\"escalate\"", -1)).hasSize(2);
        }
    }

    private Dossier late() {
        var origin = new Origin(Origin.Source.DEVICE, null, "", null, null);
        var report =
                new Dossier.Report(
                        new IncidentId(UUID.randomUUID().toString()),
                        "无人受理",
                        Severity.YELLOW,
                        new NodeId("xinhe"),
                        "塘下村口",
                        null,
                        origin,
                        false);
        var workflow = node(0).bean("loopWorkflow", LoopWorkflow.class);
        return workflow.open(report, Instant.now().minus(Duration.ofHours(1)));
    }

    private static Happening opened(Dossier dossier) {
        var incident = dossier.incident();
        return new Happening(
                incident.openedAt(),
                JournalKind.INCIDENT_OPENED,
                null,
                null,
                List.of(Subject.of(incident.id()), Subject.of(incident.node())),
                Map.of());
    }

    private RecordStores record() {
        return node(0).bean("recordStores", RecordStores.class);
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
