package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.MediaMessage.MediaClose;
import org.maplebridge.signaling.protocol.MediationMessage.ConsentTo;
import org.maplebridge.signaling.protocol.MediationMessage.MediationConsent;
import org.maplebridge.signaling.protocol.MediationMessage.MediationEnd;
import org.maplebridge.signaling.protocol.MediationMessage.MediationMove;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.protocol.MediationMessage.MediationRecord;
import org.maplebridge.signaling.protocol.MediationMessage.MediationRecordAnswer;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableTrouble;
import tools.jackson.databind.JsonNode;

/// What of a mediation is recorded on a whole node, what everybody is told of it, and who goes
/// through it again.
class RecordedTableTest {
    private final TestNode node = TestNode.shared();

    @Test
    void theJointTalkIsRecordedAsLongAsAllAgreeAndThePrivateOneWhenItWasAskedFor() {
        var guests = new Guests(node, Map.of());
        try (var mediator = guests.mediator().withMedia();
                var ann = guests.bound("p2").withMedia();
                var bo = guests.bound("p3").withMedia()) {
            recording(ann, true);
            mediator.ask(new MediationMove(List.of("p2", "p3"), "joint"));
            assertThat(last(ann).recorded()).as("Bo has not agreed").isFalse();
            assertThat(recorded(mediator, ann, bo)).isEmpty();
            recording(bo, true);
            told(bo, MediationState::recorded);
            Eventually.holds(() -> recorded(mediator, ann, bo).size() == 6);

            mediator.ask(new MediationMove(List.of("p1", "p2"), "p2"));
            assertThat(recorded(mediator, ann, bo)).as("before anybody is told").isEmpty();
            assertThat(last(mediator).recorded()).isFalse();
            assertThat(ann.verdict(new MediationRecord(true))).isEqualTo("mediator-only");
            assertThat(ann.verdict(new MediationRecordAnswer(true))).isEqualTo("nobody-asked");
            assertThat(mediator.verdict(new MediationRecord(true))).isEqualTo("ok");
            told(ann, state -> state.ask() != null && !state.ask().agreed());
            assertThat(last(bo).ask()).as("nobody else's business").isNull();
            assertThat(bo.verdict(new MediationRecordAnswer(true))).isEqualTo("nobody-asked");
            assertThat(ann.verdict(new MediationRecordAnswer(true))).isEqualTo("ok");
            told(mediator, MediationState::recorded);
            Eventually.holds(() -> recorded(mediator, ann, bo).size() == 4);
            assertThat(recorded(bo)).isEmpty();
            assertThat(ann.verdict(new MediationRecordAnswer(false))).isEqualTo("ok");
            assertThat(recorded(mediator, ann, bo)).as("taken back").isEmpty();
            told(mediator, state -> !state.recorded() && state.ask() == null);

            mediator.ask(new MediationMove(List.of("p1", "p2"), "joint"));
            assertThat(mediator.verdict(new MediationRecord(true))).isEqualTo("not-private");
            Eventually.holds(() -> recorded(mediator, ann, bo).size() == 6);
            recording(bo, false);
            assertThat(recorded(mediator, ann, bo)).as("at once, and for all").isEmpty();
            told(ann, state -> !state.recorded());
            mediator.ask(new MediationMove(List.of("p1", "p3"), "p3"));
            assertThat(mediator.verdict(new MediationRecord(true))).isEqualTo("recording-refused");
        }
    }

    @Test
    void whatFailsIsToldToTheMediatorAtOnce() {
        var guests = new Guests(node, Map.of());
        try (var mediator = guests.mediator().withMedia();
                var ann = guests.bound("p2").withMedia()) {
            recording(ann, true);
            mediator.ask(new MediationMove(List.of("p2"), "joint"));
            Eventually.holds(() -> recorded(mediator, ann).size() == 4);
            node.relay().recordingFails(camera(ann), "disk-full");
            told(
                    mediator,
                    state -> state.troubles().equals(List.of(new TableTrouble("p2", "disk-full"))));
            assertThat(last(ann).troubles()).as("for who leads").isEmpty();
            assertThat(last(ann).recorded()).as("the other one's still is").isTrue();
            Eventually.holds(() -> recorded(ann).isEmpty());
            mediator.ask(new MediationMove(List.of("p2"), "waiting"));
            told(mediator, state -> state.troubles().isEmpty() && !state.recorded());
        }
    }

    @Test
    void whoSendsNothingAnyMoreIsRecordedNoMore() {
        var guests = new Guests(node, Map.of());
        try (var mediator = guests.mediator().withMedia();
                var ann = guests.bound("p2").withMedia()) {
            recording(ann, true);
            mediator.ask(new MediationMove(List.of("p2"), "joint"));
            Eventually.holds(() -> recorded(mediator, ann).size() == 4);
            assertThat(ann.verdict(new MediaClose())).isEqualTo("ok");
            assertThat(recorded(ann)).isEmpty();
            assertThat(recorded(mediator)).hasSize(2);
        }
    }

    @Test
    void whoSeesItsRecordGoesThroughItAgainAndNobodyElse() {
        var incident = incident();
        var guests = new Guests(node, Map.of("incident", incident));
        var path = "/api/mediations/" + guests.id + "/replay";
        String seat;
        try (var mediator = guests.mediator().withMedia();
                var ann = guests.bound("p2").withMedia();
                var bo = guests.bound("p3").withMedia()) {
            seat = guests.place("p3");
            recording(ann, true);
            recording(bo, true);
            mediator.ask(new MediationMove(List.of("p2", "p3"), "joint"));
            Eventually.holds(() -> recorded(mediator, ann, bo).size() == 6);
            mediator.ask(new MediationMove(List.of("p1", "p2"), "p2"));
            mediator.ask(new MediationMove(List.of("p1", "p2"), "joint"));
            Eventually.holds(() -> recorded(mediator, ann, bo).size() == 6);
            assertThat(node.get("mediator", path).statusCode()).as("goes on").isEqualTo(409);
            assertThat(mediator.verdict(new MediationEnd(MediationOutcome.CANCELLED)))
                    .isEqualTo("ok");
            assertThat(recorded(mediator, ann, bo)).isEmpty();
        }
        Eventually.holds(() -> replay(path).get("recordings").toString().contains("joint"));
        var replay = replay(path);
        assertThat(replay.get("lines").toString())
                .contains("tableCame", "tableMoved", "tableConsent", "tableEnded", "李某");
        for (var span : replay.get("recordings")) {
            assertThat(span.get("room").asString()).isEqualTo("joint");
            assertThat(span.get("chains").size()).isEqualTo(2);
        }
        for (var stranger :
                List.of("zeguo", "daxi-mediator", "xinhe-mediator", "car1", "traffic")) {
            assertThat(node.get(stranger, path).statusCode()).as(stranger).isIn(403, 404);
            assertThat(piece(stranger, guests.id, replay).statusCode()).isIn(403, 404);
        }
        assertThat(node.send(node.request(path).header("Authorization", "Bearer " + seat).GET()))
                .extracting(answer -> answer.statusCode())
                .as("a party's place opens it not")
                .isIn(401, 403);
        assertThat(node.get("zeguo", "/api/incidents/" + incident + "/recordings").body())
                .as("nor does the incident")
                .isEqualTo("[]");

        Eventually.holds(() -> piece("mediator", guests.id, replay).body().contains("ready"));
        var href = TestNode.json(piece("mediator", guests.id, replay)).get("href").asString();
        assertThat(node.send(node.request(href).GET()).statusCode()).isEqualTo(200);
        assertThat(node.send(node.request(href.replace("mediator", "zeguo")).GET()).statusCode())
                .isEqualTo(404);
        assertThat(node.get("admin", "/api/audit?subject=" + guests.id).body())
                .contains("MEDIATION_REPLAYED");
        assertThat(node.get("admin", "/api/audit?subject=p2").body()).contains("RECORDING_SHOWN");
        var wrong = Map.of("person", "p2", "from", "2101-01-01T00:00:00Z", "until", "x");
        assertThat(post("mediator", guests.id, Map.copyOf(wrong)).statusCode()).isEqualTo(400);
        var empty =
                Map.of(
                        "person",
                        "p2",
                        "from",
                        "2101-01-01T00:00:00Z",
                        "until",
                        "2101-01-01T00:01:00Z");
        assertThat(post("mediator", guests.id, Map.copyOf(empty)).statusCode()).isEqualTo(404);
    }

    private JsonNode replay(String path) {
        var answer = node.get("mediator", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestNode.json(answer);
    }

    private java.net.http.HttpResponse<String> piece(String account, String id, JsonNode replay) {
        for (var span : replay.get("recordings")) {
            if (span.get("person").asString().equals("p2")) {
                return post(
                        account,
                        id,
                        Map.of(
                                "person",
                                "p2",
                                "from",
                                span.get("from").asString(),
                                "until",
                                span.get("until").asString()));
            }
        }
        throw new AssertionError(replay);
    }

    private java.net.http.HttpResponse<String> post(
            String account, String id, Map<String, Object> body) {
        return node.post(account, "/api/mediations/" + id + "/pieces", body);
    }

    private String incident() {
        var answer =
                node.post(
                        "zeguo",
                        "/api/incidents",
                        Map.of(
                                "clientId",
                                "i-" + UUID.randomUUID(),
                                "title",
                                "邻里纠纷",
                                "severity",
                                "yellow",
                                "place",
                                "牧屿村",
                                "kind",
                                "dispute"));
        return TestNode.json(answer).get("id").asString();
    }

    private SourceId camera(TestSocket who) {
        return recorded(who).stream()
                .filter(source -> source.value().endsWith(":camera"))
                .findFirst()
                .orElseThrow();
    }

    /// Sources of these that are being recorded.
    private List<SourceId> recorded(TestSocket... people) {
        var sessions = java.util.Arrays.stream(people).map(who -> who.welcome().session()).toList();
        return node.relay().recordings().stream()
                .filter(source -> sessions.stream().anyMatch(source.value()::contains))
                .toList();
    }

    private static void recording(TestSocket who, boolean given) {
        var version = last(who).consentTexts();
        assertThat(who.verdict(new MediationConsent(ConsentTo.RECORDING, version, given)))
                .isEqualTo("ok");
    }

    private static void told(TestSocket who, Predicate<MediationState> what) {
        Eventually.holds(() -> what.test(last(who)));
    }

    private static MediationState last(TestSocket who) {
        return who.frames().reversed().stream()
                .filter(frame -> frame.message() instanceof MediationState)
                .map(frame -> (MediationState) frame.message())
                .findFirst()
                .orElseThrow();
    }
}
