package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.mediation.CaseRules;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.MediationMessage.ConsentTo;
import org.maplebridge.signaling.protocol.MediationMessage.MediationConsent;
import org.maplebridge.signaling.protocol.MediationMessage.MediationEnd;
import org.maplebridge.signaling.protocol.MediationMessage.MediationMove;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.protocol.MediationMessage.MediationRecord;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableCall;
import org.maplebridge.signaling.protocol.MediationNews.TablePerson;
import org.maplebridge.signaling.protocol.TelephoneMessage.TelephoneDial;
import org.maplebridge.signaling.protocol.TelephoneMessage.TelephoneHangUp;
import org.maplebridge.signaling.protocol.TelephoneMessage.TelephoneMute;

/// A party by telephone on a whole node, with a gateway that is not ours.
class TelephoneSceneTest {
    private final TestNode node = TestNode.shared();
    private final Guests guests =
            new Guests(
                    node,
                    Map.of(
                            "people",
                            List.of(
                                    Map.of("role", "party", "name", "张某", "phone", "138 0000 0001"),
                                    Map.of("role", "party", "name", "李某"),
                                    Map.of(
                                            "role", "agent", "name", "赵某", "side", "p2", "phone",
                                            "转 5"))));
    private final Gateway gateway = new Gateway(node);

    @Test
    void calledAskedLetInHeardAndAway() {
        try (var mediator = guests.mediator().withMedia();
                var bo = guests.bound("p3").withMedia()) {
            assertThat(bo.verdict(new TelephoneDial("p2"))).isEqualTo("mediator-only");
            assertThat(mediator.verdict(new TelephoneDial("p3"))).isEqualTo("no-number");
            assertThat(mediator.verdict(new TelephoneDial("p4"))).isEqualTo("bad-number");
            assertThat(mediator.verdict(new TelephoneDial("p9"))).isEqualTo("no-such-person");
            assertThat(mediator.verdict(new TelephoneDial("x"))).isEqualTo("no-such-person");
            assertThat(mediator.verdict(new TelephoneHangUp("p2"))).isEqualTo("no-such-call");
            assertThat(mediator.verdict(new TelephoneDial("p2"))).isEqualTo("ok");
            assertThat(mediator.verdict(new TelephoneDial("p2"))).isEqualTo("called-already");
            var id = gateway.placed("13800000001").get("id").asString();
            assertThat(gateway.keys(id, "1")).isEqualTo("not-answered");
            assertThat(gateway.state(id, "dialling")).isEqualTo("ok");
            assertThat(gateway.state(id, "ringing")).isEqualTo("ok");
            call(mediator, TableCall.RINGING);
            assertThat(gateway.state(id, "answered")).isEqualTo("ok");
            assertThat(gateway.state(id, "busy")).isEqualTo("answered-already");
            var notice = gateway.await(call -> call.get("state").asString().equals("notice"));
            assertThat(notice.has("number") && !notice.get("number").isNull()).isFalse();
            assertThat(notice.get("say").get("zh").asString())
                    .contains("张某", "请按1")
                    .doesNotContain("采光");
            assertThat(notice.get("say").get("version").asString()).startsWith("tel-");
            assertThat(Gateway.code(gateway.connect(id, 7)))
                    .as("nobody is heard before they agree")
                    .isEqualTo("consent-required");
            assertThat(mediator.verdict(new MediationMove(List.of("p2"), "joint")))
                    .isEqualTo("not-present");
            assertThat(gateway.keys(id, "5")).isEqualTo("no-such-key");
            assertThat(gateway.keys(id, "11")).isEqualTo("ok");
            told(mediator, state -> phone(state).here() && phone(state).call() == TableCall.SEATED);
            assertThat(Gateway.code(gateway.connect(id, 6))).isEqualTo("too-few-sections");
            assertThat(gateway.connect(id, 7).statusCode()).isEqualTo(201);
            assertThat(hears(id)).as("who waits hears nobody").isEmpty();
            var voice = voice(id);

            assertThat(mediator.verdict(new MediationMove(List.of("p2", "p3"), "joint")))
                    .isEqualTo("ok");
            Eventually.holds(() -> hears(id).equals(Set.of(mic(mediator), mic(bo))));
            Eventually.holds(() -> slots(bo).containsValue(voice));
            assertThat(slots(bo).values())
                    .as("a telephone has no picture")
                    .doesNotContain(new SourceId("table:" + leg(id).value() + ":camera"));
            told(bo, state -> phone(state).here() && phone(state).call() == null);
            gateway.await(call -> say(call).contains("共同调解"));

            assertThat(mediator.verdict(new MediationMove(List.of("p1", "p3"), "p3")))
                    .isEqualTo("ok");
            assertThat(hears(id)).isEmpty();
            assertThat(slots(bo).values()).doesNotContain(voice);
            assertThat(mediator.verdict(new MediationMove(List.of("p1", "p3"), "joint")))
                    .isEqualTo("ok");
            Eventually.holds(() -> hears(id).size() == 2);
            assertThat(bo.verdict(new TelephoneMute("p2", true))).isEqualTo("mediator-only");
            assertThat(mediator.verdict(new TelephoneMute("p3", true)))
                    .isEqualTo("not-by-telephone");
            assertThat(mediator.verdict(new TelephoneMute("p2", true))).isEqualTo("ok");
            assertThat(slots(bo).values()).as("muted").doesNotContain(voice);
            assertThat(hears(id)).hasSize(2);
            assertThat(mediator.verdict(new TelephoneMute("p2", false))).isEqualTo("ok");
            Eventually.holds(() -> slots(bo).containsValue(voice));

            assertThat(gateway.state(id, "hung-up")).isEqualTo("ok");
            assertThat(slots(bo).values()).doesNotContain(voice);
            told(mediator, state -> !person(state).present());
            call(mediator, TableCall.HUNG_UP);
            assertThat(gateway.state(id, "hung-up")).as("forgotten").isEqualTo("ok");
            assertThat(gateway.find(id)).isEmpty();
            assertThat(mediator.verdict(new TelephoneDial("p2"))).as("again").isEqualTo("ok");
            var again = gateway.placed("13800000001").get("id").asString();
            gateway.seat(again);
            assertThat(mediator.verdict(new TelephoneHangUp("p2"))).isEqualTo("ok");
            gateway.await(call -> call.get("state").asString().equals("over"));
            call(mediator, TableCall.ENDED);
        }
        assertThat(node.journal("admin")).contains("dialled").doesNotContain("13800000001");
    }

    @Test
    void isRecordedByConsentOfKeysAndWithoutAPicture() {
        try (var mediator = guests.mediator().withMedia()) {
            var id = seated(mediator);
            assertThat(mediator.verdict(new MediationMove(List.of("p2"), "joint"))).isEqualTo("ok");
            Eventually.holds(() ->
                    recorded(id, mediator).contains(voice(id).value())
                            && recorded(id, mediator).size() == 3);
            assertThat(mediator.verdict(new TelephoneMute("p2", true))).isEqualTo("ok");
            assertThat(recorded(id, mediator))
                    .as("what nobody hears")
                    .doesNotContain(voice(id).value());
            assertThat(mediator.verdict(new TelephoneMute("p2", false))).isEqualTo("ok");
            Eventually.holds(() -> recorded(id, mediator).contains(voice(id).value()));
            assertThat(gateway.keys(id, "7")).isEqualTo("ok");
            assertThat(recorded(id, mediator)).as("taken back").isEmpty();
            gateway.await(call -> say(call).contains("没有录音"));
            assertThat(gateway.keys(id, "7")).isEqualTo("ok");
            Eventually.holds(() -> recorded(id, mediator).size() == 3);

            mediator.ask(new MediationMove(List.of("p1", "p2"), "p2"));
            assertThat(recorded(id, mediator)).isEmpty();
            assertThat(gateway.keys(id, "1")).isEqualTo("nobody-asked");
            assertThat(mediator.verdict(new MediationRecord(true))).isEqualTo("ok");
            gateway.await(call -> say(call).contains("录下来"));
            assertThat(gateway.keys(id, "1")).isEqualTo("ok");
            Eventually.holds(() -> recorded(id, mediator).size() == 3);

            assertThat(gateway.keys(id, "9")).isEqualTo("ok");
            assertThat(recorded(id, mediator)).isEmpty();
            told(mediator, state -> "waiting".equals(person(state).room()));
            assertThat(mediator.verdict(new MediationMove(List.of("p2"), "joint")))
                    .isEqualTo("consent-required");
            assertThat(gateway.keys(id, "12")).isEqualTo("ok");
            assertThat(mediator.verdict(new MediationMove(List.of("p2"), "joint"))).isEqualTo("ok");
            assertThat(mediator.verdict(new MediationEnd(MediationOutcome.CANCELLED)))
                    .isEqualTo("ok");
            assertThat(say(gateway.await(call -> call.get("state").asString().equals("over"))))
                    .contains("不能签名");
        }
        var view = node.get("mediator", "/api/mediations/" + guests.id).body();
        assertThat(view).contains("cancelled");
    }

    @Test
    void whoPicksUpAndRefusesSpeaksForNobody() {
        try (var mediator = guests.mediator();
                var ann = guests.bound("p2")) {
            mediator.ask(new MediationMove(List.of("p2"), "joint"));
            mediator.ask(new TelephoneDial("p2"));
            var id = gateway.placed("13800000001").get("id").asString();
            gateway.state(id, "answered");
            assertThat(gateway.keys(id, "2")).isEqualTo("ok");
            call(mediator, TableCall.REFUSED);
            told(mediator, state -> "joint".equals(person(state).room()));
            assertThat(gateway.keys(id, "1")).isEqualTo("no-such-call");
            assertThat(
                            ann.verdict(
                                    new MediationConsent(
                                            ConsentTo.RECORDING, CaseRules.TEXTS, true)))
                    .as("their page goes on")
                    .isEqualTo("ok");
        }
    }

    @Test
    void thePageOfThePersonGivesWayToTheirTelephoneAndTheOtherWayRound() {
        try (var mediator = guests.mediator();
                var ann = guests.bound("p2")) {
            var id = seated(mediator);
            Eventually.holds(() -> ann.closeCode() == 4409);
            try (var back = TestSocket.open(node, guests.place("p2"), false)) {
                back.await(MediationState.class);
                Eventually.holds(() ->
                        gateway.find(id).orElseThrow().get("state").asString().equals("over"));
                call(mediator, TableCall.MOVED);
                told(mediator, state -> person(state).present() && !phone(state).here());
            }
        }
    }

    @Test
    void oneGatewayHasACallAndOnlyAKeyOfThisScopeIsOne() {
        var other = new Gateway(node);
        try (var mediator = guests.mediator()) {
            mediator.ask(new TelephoneDial("p2"));
            var id = gateway.placed("13800000001").get("id").asString();
            assertThat(other.placed("13800000001").get("id").asString()).isEqualTo(id);
            assertThat(gateway.state(id, "dialling")).isEqualTo("ok");
            assertThat(other.state(id, "ringing")).isEqualTo("no-such-call");
            assertThat(other.keys(id, "1")).isEqualTo("no-such-call");
            assertThat(other.find(id)).isEmpty();
            assertThat(gateway.state(id, "asleep")).isEqualTo("malformed");
            assertThat(gateway.keys(id, "1 or 2")).isEqualTo("malformed");
            assertThat(gateway.state("nope", "ringing")).isEqualTo("no-such-call");
            assertThat(gateway.state(id, "no-answer")).isEqualTo("ok");
            call(mediator, TableCall.NO_ANSWER);
        }
        var whip = Gateway.key(node, "whip");
        assertThat(node.send(node.bearer(whip, Gateway.CALLS).GET()).statusCode()).isEqualTo(403);
        assertThat(node.get("mediator", Gateway.CALLS).statusCode()).isEqualTo(403);
        assertThat(node.send(node.request(Gateway.CALLS).GET()).statusCode()).isEqualTo(401);
        assertThat(node.send(node.bearer(gateway.key, "/whip/car1").GET()).statusCode())
                .isNotEqualTo(200);
    }

    @Test
    void aCodeOpensOnceAndNobodyGuessesIt() {
        var code = code("p2");
        assertThat(code).matches("\\d{9}");
        assertThat(enter("000000000", "a-" + guests.id)).isEqualTo("code-unknown");
        assertThat(enter("12", "a-" + guests.id)).isEqualTo("code-unknown");
        var newer = code("p2");
        assertThat(enter(code, "b-" + guests.id)).isEqualTo("code-revoked");
        var in = gateway.say("", Map.of("code", newer, "caller", "13900000009"));
        assertThat(in.statusCode()).isEqualTo(201);
        var id = TestNode.json(in).get("id").asString();
        assertThat(TestNode.json(in).get("say").get("zh").asString()).contains("张某");
        assertThat(enter(newer, "c-" + guests.id)).isEqualTo("code-used");
        assertThat(gateway.keys(id, "11")).isEqualTo("ok");
        try (var mediator = guests.mediator()) {
            mediator.await(MediationState.class);
            told(mediator, state -> phone(state).here());
        }
        for (int i = 0; i < 5; i++) {
            assertThat(enter("00000000" + i, "guess-" + guests.id)).isEqualTo("code-unknown");
        }
        var good = code("p3");
        assertThat(enter(good, "guess-" + guests.id)).isEqualTo("code-locked");
        assertThat(enter(good, "honest-" + guests.id)).isEqualTo("ok");
        gateway.state(id, "hung-up");
    }

    @Test
    void withoutAGatewayNobodyIsCalled() {
        var alone = TestNode.hasty();
        var there = new Guests(alone, Map.of());
        try (var mediator = there.mediator()) {
            assertThat(mediator.verdict(new TelephoneDial("p2"))).isEqualTo("no-gateway");
        }
    }

    private String seated(TestSocket mediator) {
        mediator.ask(
                new MediationConsent(
                        ConsentTo.RECORDING,
                        mediator.await(MediationState.class).consentTexts(),
                        true));
        assertThat(mediator.verdict(new TelephoneDial("p2"))).isEqualTo("ok");
        var id = gateway.placed("13800000001").get("id").asString();
        gateway.seat(id);
        return id;
    }

    private String code(String person) {
        var path = "/api/mediations/" + guests.id + "/people/" + person + "/codes";
        return TestNode.json(node.post("mediator", path, Map.of())).get("code").asString();
    }

    private String enter(String code, String caller) {
        var answer = gateway.say("", Map.of("code", code, "caller", caller.substring(0, 12)));
        return Gateway.code(answer);
    }

    private LegId leg(String call) {
        return node.relay().legOf("table.tel-" + call);
    }

    private SourceId voice(String call) {
        return new SourceId("table:" + leg(call).value() + ":mic");
    }

    private SourceId mic(TestSocket who) {
        return new SourceId(
                "table:" + node.relay().legOf("table." + who.welcome().session()).value() + ":mic");
    }

    private Map<String, SourceId> slots(TestSocket who) {
        return node.relay().slotsOf(node.relay().legOf("table." + who.welcome().session()));
    }

    private Set<SourceId> hears(String call) {
        return Set.copyOf(node.relay().slotsOf(leg(call)).values());
    }

    /// What of a telephone and a mediator is being recorded.
    private Set<String> recorded(String call, TestSocket mediator) {
        var legs = List.of("table.tel-" + call, "table." + mediator.welcome().session());
        var all = new TreeSet<String>();
        for (var source : node.relay().recordings()) {
            if (legs.stream().anyMatch(source.value()::contains)) {
                all.add(source.value());
            }
        }
        return all;
    }

    private static String say(tools.jackson.databind.JsonNode call) {
        return call.get("say").get("zh").asString();
    }

    private static void told(TestSocket socket, Predicate<MediationState> wanted) {
        Eventually.holds(() -> wanted.test(last(socket)));
    }

    private static void call(TestSocket mediator, TableCall wanted) {
        told(mediator, state -> phone(state).call() == wanted);
    }

    private static MediationState last(TestSocket socket) {
        return socket.frames().stream()
                .map(frame -> frame.message())
                .filter(MediationState.class::isInstance)
                .map(MediationState.class::cast)
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private static TablePerson person(MediationState state) {
        return state.people().stream()
                .filter(one -> one.id().equals("p2"))
                .findFirst()
                .orElseThrow();
    }

    private static org.maplebridge.signaling.protocol.MediationNews.TablePhone phone(
            MediationState state) {
        var phone = person(state).phone();
        return phone == null
                ? new org.maplebridge.signaling.protocol.MediationNews.TablePhone(
                        false, false, false, null)
                : phone;
    }
}
