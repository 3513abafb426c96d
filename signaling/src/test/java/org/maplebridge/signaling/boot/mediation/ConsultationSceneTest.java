package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ConsultationNews.Consultation;
import org.maplebridge.signaling.protocol.ConsultationNews.ConsultationMember;
import org.maplebridge.signaling.protocol.ConsultationNews.ConsultationState;
import org.maplebridge.signaling.protocol.ConsultationNews.MemberState;
import org.maplebridge.signaling.protocol.ExpertMessage.ExpertAnswer;
import org.maplebridge.signaling.protocol.ExpertMessage.ExpertRing;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertInvited;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertRung;
import org.maplebridge.signaling.protocol.MediationMessage.MediationEnd;
import org.maplebridge.signaling.protocol.MediationMessage.MediationLock;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableRole;
import tools.jackson.databind.JsonNode;

/// One press calls a town's three leaders together: one meeting, about one incident, told to whom
/// it concerns and nobody else.
class ConsultationSceneTest {
    private static final String DESK = "xinhe";
    private final TestNode node = TestNode.shared();

    @Test
    void threeRingOneComesOneDeclinesAndTheEndStandsInTheTimeLine() {
        var incident = incident(DESK);
        try (var desk = node.console(DESK);
                var secretary = node.console("xinhe-secretary");
                var chief = node.console("xinhe-chief");
                var other = node.console("zeguo")) {
            secretary.snapshot();
            chief.snapshot();
            var called = call(DESK, "xinhe", incident);
            var id = called.get("id").asString();
            assertThat(called.get("title").asString()).startsWith("铁三角会商：");

            var rung = secretary.await(ExpertRung.class);
            assertThat(rung.consultation()).isTrue();
            assertThat(rung.by()).isEqualTo("新河指挥室座席");
            var declined = chief.await(ExpertRung.class);
            chief.say(new ExpertAnswer(declined.ring(), false));
            Eventually.holds(() -> state(desk, id, "xinhe-chief") == MemberState.DECLINED);
            Eventually.holds(() -> state(desk, id, "xinhe-deputy") == MemberState.ABSENT);

            try (var seat = accept(secretary, rung.ring())) {
                var there = seat.await(MediationState.class);
                assertThat(there.consultation()).isTrue();
                assertThat(there.role()).isEqualTo(TableRole.MEMBER);
                assertThat(there.room()).as("no waiting, no consent").isEqualTo("joint");
                assertThat(there.recorded()).isFalse();
                Eventually.holds(() -> state(desk, id, "xinhe-secretary") == MemberState.HERE);
                Eventually.holds(() -> state(seat, id, "xinhe-chief") == MemberState.DECLINED);
                try (var own = sit(DESK, id)) {
                    own.await(MediationState.class, at -> at.room().equals("joint"));
                    seat.await(
                            MediationState.class,
                            at -> at.people().stream().filter(p -> p.together()).count() == 1);
                    assertThat(seat.verdict(new MediationLock(true))).isEqualTo("mediator-only");
                    assertThat(seat.verdict(new ExpertRing("zeguo-reception")))
                            .isEqualTo("mediator-only");
                    assertThat(seat.verdict(new MediationEnd(MediationOutcome.CANCELLED)))
                            .isEqualTo("mediator-only");
                    assertThat(seat.verdict(new MediationEnd(MediationOutcome.HELD)))
                            .isEqualTo("ok");
                    own.await(MediationState.class, at -> at.outcome() == MediationOutcome.HELD);
                }
            }
            var lines = lines(incident);
            assertThat(Objects.requireNonNull(lines.get("consult")).get("members").asString())
                    .isEqualTo("新河镇党委副书记、新河派出所所长、新河镇分管副镇长");
            var over = Objects.requireNonNull(lines.get("consulted"));
            assertThat(over.get("sat").asString()).contains("新河镇党委副书记|").contains("新河指挥室座席|");
            assertThat(over.get("away").asString()).isEqualTo("新河派出所所长|declined;新河镇分管副镇长|away");
            assertThat(other.frames().toString()).doesNotContain("Consultation");
            assertThat(other.frames().toString()).doesNotContain("ExpertRung");

            var again = call(DESK, "xinhe", incident).get("id").asString();
            assertThat(again).as("what is over is over").isNotEqualTo(id);
            end(DESK, again);
        }
    }

    @Test
    void twoPressesAtOnceAreOneMeeting() throws Exception {
        var incident = incident(DESK);
        var presses = new ArrayList<Callable<String>>();
        for (int i = 0; i < 8; i++) {
            var account = i % 2 == 0 ? DESK : "xinhe-emergency";
            presses.add(() -> call(account, "xinhe", incident).get("id").asString());
        }
        try (var threads = Executors.newFixedThreadPool(8);
                var desk = node.console(DESK);
                var chief = node.console("xinhe-chief")) {
            chief.snapshot();
            var ids =
                    threads.invokeAll(presses).stream()
                            .map(done -> {
                                try {
                                    return done.get();
                                } catch (Exception e) {
                                    throw new AssertionError(e);
                                }
                            })
                            .distinct()
                            .toList();
            assertThat(ids).hasSize(1);
            var id = ids.getFirst();
            Eventually.holds(() -> state(desk, id, "xinhe-chief") == MemberState.RINGING);
            end(DESK, id);
            assertThat(desk.frames().toString())
                    .as("who is rung for it already is not busy")
                    .doesNotContain(MemberState.BUSY.name());
        }
        var called = lineKinds(incident).stream().filter(kind -> kind.equals("consult")).count();
        assertThat(called).isEqualTo(1);
    }

    @Test
    void silenceIsShownAndAnotherPressRingsAgain() {
        var hasty = TestNode.hasty();
        try (var desk = hasty.console(DESK);
                var deputy = hasty.console("xinhe-deputy")) {
            deputy.snapshot();
            var id = call(hasty, DESK, "xinhe", null).get("id").asString();
            Eventually.holds(() -> state(desk, id, "xinhe-deputy") == MemberState.NO_ANSWER);
            var before = deputy.await(ExpertRung.class);
            assertThat(call(hasty, DESK, "xinhe", null).get("id").asString()).isEqualTo(id);
            deputy.await(ExpertRung.class, rung -> !rung.ring().equals(before.ring()));
            end(hasty, DESK, id);
            Eventually.holds(() -> {
                @Nullable Consultation last = last(desk, id);
                return last != null && last.endedAt() != null;
            });
        }
    }

    @Test
    void whoWasNotThereIsRungAsSoonAsADeviceIsAndWhoDeclinedIsNot() {
        try (var desk = node.console("daxi");
                var chief = node.console("daxi-chief")) {
            var id = call("daxi", "daxi", null).get("id").asString();
            chief.say(new ExpertAnswer(chief.await(ExpertRung.class).ring(), false));
            Eventually.holds(() -> state(desk, id, "daxi-deputy") == MemberState.ABSENT);
            Eventually.holds(() -> state(desk, id, "daxi-chief") == MemberState.DECLINED);
            try (var late = node.console("daxi-deputy");
                    var second = node.console("daxi-chief")) {
                var rung = late.await(ExpertRung.class);
                assertThat(rung.consultation()).isTrue();
                Eventually.holds(() -> state(desk, id, "daxi-deputy") == MemberState.RINGING);
                try (var seat = accept(late, rung.ring())) {
                    seat.await(MediationState.class);
                    Eventually.holds(() -> state(desk, id, "daxi-deputy") == MemberState.HERE);
                }
                assertThat(second.frames().toString()).doesNotContain("ExpertRung");
            }
            end("daxi", id);
            try (var after = node.console("daxi-secretary")) {
                after.snapshot();
                assertThat(after.frames().toString()).doesNotContain("ExpertRung");
            }
        }
    }

    @Test
    void whoMayNotCallOrSeeIsToldNothing() {
        var incident = incident("zeguo");
        assertThat(refused("zeguo", "xinhe", null)).isEqualTo("not-visible");
        assertThat(refused("car1", "xinhe", null)).isEqualTo("not-visible");
        assertThat(refused("xinhe-analysis", "xinhe", null)).isEqualTo("not-visible");
        assertThat(refused(DESK, "xinhe", incident)).isEqualTo("not-visible");
        assertThat(refused("city", "xinhe", incident)).isEqualTo("incident-elsewhere");
        assertThat(refused(DESK, "nowhere", null)).isEqualTo("not-visible");
        assertThat(refused(DESK, "xinhe", "../x")).isEqualTo("not-visible");
        assertThat(presets("zeguo")).containsExactly("zeguo");
        assertThat(presets("xinhe-chief")).containsExactly("xinhe");
        assertThat(presets("city")).containsExactly("xinhe", "zeguo", "daxi");
        assertThat(presets("car1")).isEmpty();

        var id = call("zeguo", "zeguo", incident).get("id").asString();
        for (var way : List.of("/seat", "/end")) {
            var answer = node.post(DESK, "/api/consultations/" + id + way, Map.of());
            assertThat(answer.statusCode()).isEqualTo(404);
        }
        assertThat(node.get(DESK, "/api/consultations").body()).doesNotContain(id);
        assertThat(node.get("mediator", "/api/mediations").body())
                .as("no mediator reads it")
                .doesNotContain(id);
        assertThat(node.get("mediator", "/api/mediations/" + id).statusCode()).isEqualTo(404);
        end("zeguo", id);
        assertThat(node.post("zeguo", "/api/consultations/" + id + "/seat", Map.of()).statusCode())
                .isEqualTo(409);
    }

    @Test
    void aGuestIsNobodyByOffice() {
        var body =
                Map.of(
                        "title",
                        "t",
                        "matter",
                        "m",
                        "people",
                        List.of(Map.of("role", "member", "name", "张某")));
        assertThat(node.post("mediator", "/api/mediations", body).statusCode()).isEqualTo(400);
    }

    private TestSocket accept(TestSocket console, String ring) {
        console.say(new ExpertAnswer(ring, true));
        return open(console.await(ExpertInvited.class).path());
    }

    private TestSocket sit(String account, String id) {
        var answer = node.post(account, "/api/consultations/" + id + "/seat", Map.of());
        return open(TestNode.json(answer).get("path").asString());
    }

    private TestSocket open(String path) {
        assertThat(path).startsWith("/mediation/join?straight=1#");
        var link = path.replaceAll("^.*#", "");
        var answer =
                node.send(
                        node.request("/api/public/invitations")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                TestNode.text(Map.of("token", link)))));
        return TestSocket.open(node, TestNode.json(answer).get("token").asString(), false);
    }

    private JsonNode call(String account, String town, @Nullable String incident) {
        return call(node, account, town, incident);
    }

    private static JsonNode call(
            TestNode at, String account, String town, @Nullable String incident) {
        var answer = at.post(account, "/api/consultations", wanted(town, incident));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestNode.json(answer);
    }

    private static Map<String, Object> wanted(String town, @Nullable String incident) {
        var body = new TreeMap<String, Object>(Map.of("preset", "iron-triangle", "town", town));
        if (incident != null) {
            body.put("incident", incident);
        }
        return body;
    }

    private String refused(String account, String town, @Nullable String incident) {
        var answer = node.post(account, "/api/consultations", wanted(town, incident));
        return TestNode.json(answer).get("code").asString();
    }

    private void end(String account, String id) {
        end(node, account, id);
    }

    private static void end(TestNode at, String account, String id) {
        var answer = at.post(account, "/api/consultations/" + id + "/end", Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(TestNode.json(answer).get("endedAt").asString()).isNotEmpty();
    }

    private List<String> presets(String account) {
        var all = new ArrayList<String>();
        TestNode.json(node.get(account, "/api/consultations"))
                .get("presets")
                .forEach(one -> {
                    if (one.get("id").asString().equals("iron-triangle")) {
                        all.add(one.get("town").asString());
                    }
                });
        return all;
    }

    private String incident(String account) {
        var body =
                Map.of(
                        "clientId",
                        "consult-" + java.util.UUID.randomUUID(),
                        "title",
                        "三家店面消防通道堵塞",
                        "severity",
                        "orange",
                        "place",
                        "中心大道");
        var answer = node.post(account, "/api/incidents", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return TestNode.json(answer).get("id").asString();
    }

    private Map<String, JsonNode> lines(String incident) {
        var lines = new TreeMap<String, JsonNode>();
        TestNode.json(node.get(DESK, "/api/incidents/" + incident + "/timeline"))
                .forEach(line -> lines.put(line.get("kind").asString(), line.get("details")));
        return lines;
    }

    private List<String> lineKinds(String incident) {
        var kinds = new ArrayList<String>();
        TestNode.json(node.get(DESK, "/api/incidents/" + incident + "/timeline"))
                .forEach(line -> kinds.add(line.get("kind").asString()));
        return kinds;
    }

    private static @Nullable MemberState state(TestSocket socket, String id, String account) {
        @Nullable Consultation last = last(socket, id);
        return last == null
                ? null
                : last.members().stream()
                        .filter(member -> member.account().equals(account))
                        .map(ConsultationMember::state)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Consultation last(TestSocket socket, String id) {
        return socket.frames().stream()
                .map(frame -> frame.message() instanceof ConsultationState said ? said : null)
                .filter(Objects::nonNull)
                .map(ConsultationState::consultation)
                .filter(one -> one.id().equals(id))
                .reduce((_, later) -> later)
                .orElse(null);
    }
}
