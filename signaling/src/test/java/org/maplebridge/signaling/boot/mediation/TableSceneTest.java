package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.codec.ServerFrame;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.WatchMessage.WatchStart;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.MediationMessage.ConsentTo;
import org.maplebridge.signaling.protocol.MediationMessage.MediationAnswer;
import org.maplebridge.signaling.protocol.MediationMessage.MediationConsent;
import org.maplebridge.signaling.protocol.MediationMessage.MediationDraft;
import org.maplebridge.signaling.protocol.MediationMessage.MediationEnd;
import org.maplebridge.signaling.protocol.MediationMessage.MediationIdentify;
import org.maplebridge.signaling.protocol.MediationMessage.MediationKnock;
import org.maplebridge.signaling.protocol.MediationMessage.MediationLock;
import org.maplebridge.signaling.protocol.MediationMessage.MediationMove;
import org.maplebridge.signaling.protocol.MediationMessage.MediationOutcome;
import org.maplebridge.signaling.protocol.MediationMessage.MediationReadBack;
import org.maplebridge.signaling.protocol.MediationMessage.MediationSign;
import org.maplebridge.signaling.protocol.MediationMessage.MediationWrite;
import org.maplebridge.signaling.protocol.MediationMessage.TextKind;
import org.maplebridge.signaling.protocol.MediationNews.MediationDrafted;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TablePerson;
import org.maplebridge.signaling.protocol.ServerMessage.MediaNews.MediaPicture;

/// A mediation on a whole node: who is let in, what each is told, and what nobody at a table can
/// do.
class TableSceneTest {
    private final TestNode node = TestNode.shared();
    private final Guests guests = new Guests(node, Map.of());

    @Test
    void fromTheWaitingRoomToTheSignedPaper() {
        try (var mediator = guests.mediator();
                var ann = guests.guest("p2");
                var bo = guests.bound("p3")) {
            var first = ann.await(MediationState.class);
            assertThat(first.room()).isEqualTo("waiting");
            assertThat(first.me()).isEqualTo("p2");
            assertThat(mediator.verdict(new MediationMove(List.of("p2", "p3"), "joint")))
                    .isEqualTo("consent-required");
            assertThat(ann.verdict(new MediationIdentify("张三丰", "110105194912310021")))
                    .isEqualTo("identity-refused");
            assertThat(ann.verdict(new MediationIdentify("张三丰", "11010519491231002X")))
                    .isEqualTo("ok");
            consent(ann, true);
            assertThat(mediator.verdict(new MediationMove(List.of("p2", "p3"), "joint")))
                    .isEqualTo("ok");
            var joint = ann.await(MediationState.class, state -> state.room().equals("joint"));
            assertThat(person(joint, "p3").together()).isTrue();
            assertThat(person(joint, "p3").room()).as("not told to parties").isNull();
            told(
                    mediator,
                    state -> "张** 1101************2X".equals(person(state, "p2").identity()));

            var hash = agree(mediator);
            var shown = ann.await(MediationState.class, state -> !state.texts().isEmpty());
            assertThat(shown.texts().getFirst().body()).contains("李某");
            assertThat(mediator.verdict(new MediationEnd(MediationOutcome.AGREED)))
                    .isEqualTo("signatures-missing");
            for (var one : List.of(ann, bo, mediator)) {
                assertThat(one.verdict(sign(hash))).isEqualTo("ok");
            }
            assertThat(ann.verdict(new MediationEnd(MediationOutcome.AGREED)))
                    .isEqualTo("mediator-only");
            assertThat(mediator.verdict(new MediationEnd(MediationOutcome.AGREED))).isEqualTo("ok");
            assertThat(mediator.verdict(new MediationEnd(MediationOutcome.AGREED)))
                    .as("asked again")
                    .isEqualTo("ok");
            var over = bo.await(MediationState.class, state -> state.outcome() != null);
            assertThat(over.room()).isEqualTo("waiting");
            var code = guests.view().get("code").asString();
            assertThat(over.code()).isEqualTo(code);
            var verified = node.send(node.request("/api/public/agreements/" + code).GET());
            assertThat(verified.body()).contains("agreed", "sha256").doesNotContain("张");
        }
    }

    @Test
    void aSignatureIsForTheTextAsItWasRead() {
        try (var mediator = guests.mediator();
                var ann = guests.bound("p2");
                var bo = guests.bound("p3")) {
            mediator.ask(new MediationMove(List.of("p2", "p3"), "joint"));
            var hash = agree(mediator);
            assertThat(ann.verdict(sign(hash))).isEqualTo("ok");
            assertThat(mediator.verdict(new MediationWrite(TextKind.AGREEMENT, 1, "另一份协议")))
                    .isEqualTo("ok");
            assertThat(bo.verdict(sign(hash))).isEqualTo("text-changed");
            assertThat(mediator.verdict(sign(hash))).isEqualTo("text-changed");
            told(mediator, state -> state.texts().getFirst().signedBy().isEmpty());
            assertThat(bo.verdict(new MediationWrite(TextKind.AGREEMENT, 2, "我写的")))
                    .isEqualTo("mediator-only");
        }
    }

    @Test
    void aPlaceAtATableOpensNothingElse() {
        try (var ann = guests.guest("p2")) {
            assertThat(ann.welcome().user().rights()).isEmpty();
            assertThat(ann.welcome().nodes()).isEmpty();
            assertThat(ann.verdict(new WatchStart(0, "car1"))).isEqualTo("not-allowed");
            assertThat(
                            ann.verdict(
                                    new OrderPlace(
                                            "o-1",
                                            List.of("car1"),
                                            null,
                                            "去",
                                            Severity.YELLOW,
                                            null)))
                    .isEqualTo("not-allowed");
            assertThat(ann.frames().toString()).doesNotContain("car1");
            assertThat(ann.verdict(new MediationLock(true))).isEqualTo("mediator-only");
        }
        var token = guests.place("p2");
        for (var path :
                List.of("/api/units", "/api/incidents", "/api/mediations", "/api/journal")) {
            assertThat(node.send(node.bearer(token, path).GET()).statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(node.send(node.bearer(token, "/api/table/document").GET()).statusCode())
                .isEqualTo(404);
        try (var staff = node.console("xinhe")) {
            assertThat(staff.verdict(new MediationLock(true))).isEqualTo("not-allowed");
        }
        assertThat(node.get("xinhe", "/api/mediations").statusCode()).isEqualTo(403);
        assertThat(node.get("xinhe-mediator", "/api/mediations/" + guests.id).statusCode())
                .as("another room's")
                .isEqualTo(404);
    }

    @Test
    void aSecondDeviceOfTheSamePersonTakesTheFirstOnesPlace() {
        var place = guests.place("p2");
        try (var first = TestSocket.open(node, place, false);
                var mediator = guests.mediator()) {
            first.await(MediationState.class);
            try (var second = TestSocket.open(node, place, false)) {
                second.await(MediationState.class);
                assertThat(first.closeCode()).isEqualTo(CloseCode.TAKEN_OVER.code());
                told(mediator, state -> person(state, "p2").present());
            }
        }
    }

    @Test
    void aPrivateTalkIsHeardByWhoIsInItAlone() {
        try (var mediator = guests.mediator().withMedia();
                var ann = guests.bound("p2").withMedia();
                var bo = guests.bound("p3").withMedia()) {
            mediator.ask(new MediationMove(List.of("p2", "p3"), "joint"));
            Eventually.holds(() -> heardBy(bo).size() == 4);
            mediator.ask(new MediationMove(List.of("p1", "p2"), "p2"));
            assertThat(heardBy(bo)).isEmpty();
            told(bo, state -> state.tiles().isEmpty() && !person(state, "p1").together());
            Eventually.holds(() -> heardBy(ann).size() == 2);
            assertThat(heardBy(ann))
                    .allMatch(source -> source.contains(mediator.welcome().session()));
        }
    }

    @Test
    void aPictureThatTheLineDoesNotBearIsToldToWhoMissesIt() {
        try (var mediator = guests.mediator().withMedia();
                var ann = guests.bound("p2").withMedia()) {
            mediator.ask(new MediationMove(List.of("p2"), "joint"));
            Eventually.holds(() -> heardBy(ann).size() == 2);
            var leg = node.relay().legOf("table." + ann.welcome().session());
            var mid =
                    node.relay().slotsOf(leg).entrySet().stream()
                            .filter(slot -> slot.getValue().value().endsWith(":camera"))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElseThrow();
            for (boolean paused : List.of(true, false, true)) {
                node.relay().say(new RelayEvent.PictureShown(leg, mid, 0, 1, paused));
            }
            var told = last(ann).tiles().getFirst();
            assertThat(told.person()).isEqualTo("p1");
            Eventually.holds(() -> pictures(ann).size() == 3);
            assertThat(pictures(ann))
                    .as("in their order")
                    .extracting(MediaPicture::tile, MediaPicture::paused)
                    .containsExactly(
                            tuple(told.tile(), true),
                            tuple(told.tile(), false),
                            tuple(told.tile(), true));
            assertThat(pictures(mediator)).isEmpty();
        }
    }

    @Test
    void knockingLockingAndTakingAConsentBack() {
        try (var mediator = guests.mediator();
                var ann = guests.bound("p2");
                var bo = guests.bound("p3")) {
            mediator.ask(new MediationMove(List.of("p2", "p3"), "joint"));
            mediator.ask(new MediationMove(List.of("p2"), "p2"));
            assertThat(mediator.verdict(new MediationMove(List.of("p1"), "p2")))
                    .isEqualTo("knock-first");
            assertThat(mediator.verdict(new MediationKnock("p2"))).isEqualTo("ok");
            assertThat(ann.await(MediationState.class, state -> state.knock() != null).knock())
                    .isNotBlank();
            assertThat(bo.verdict(new MediationAnswer(true))).isEqualTo("nobody-knocked");
            assertThat(ann.verdict(new MediationAnswer(true))).isEqualTo("ok");
            told(mediator, state -> state.room().equals("p2"));
            consent(ann, false);
            assertThat(last(ann).room()).isEqualTo("waiting");
            assertThat(mediator.verdict(new MediationLock(true))).isEqualTo("ok");
            consent(ann, true);
            assertThat(mediator.verdict(new MediationMove(List.of("p2"), "joint")))
                    .isEqualTo("table-locked");
        }
    }

    @Test
    void theEndOfAMediationIsItsIncidentsVillageSession() {
        var opened =
                TestNode.json(
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
                                        "dispute")));
        var incident = opened.get("id").asString();
        var about = new Guests(node, Map.of("incident", incident));
        try (var mediator = about.mediator();
                var ann = about.bound("p2")) {
            mediator.ask(new MediationMove(List.of("p2"), "joint"));
            mediator.ask(new MediationWrite(TextKind.NO_AGREEMENT, 0, "未达成协议。"));
            mediator.ask(new MediationReadBack(TextKind.NO_AGREEMENT, 1));
            var hash = last(mediator).texts().getFirst().hash();
            mediator.ask(new MediationSign(TextKind.NO_AGREEMENT, hash, Guests.NAME));
            assertThat(mediator.verdict(new MediationEnd(MediationOutcome.NOT_AGREED)))
                    .isEqualTo("ok");
            ann.await(
                    MediationState.class, state -> state.outcome() == MediationOutcome.NOT_AGREED);
        }
        assertThat(node.get("zeguo", "/api/incidents/" + incident).body())
                .contains("\"mediation\"", about.id);
        var paper = node.get("mediator", "/api/mediations/" + about.id + "/document");
        assertThat(paper.body().getBytes(StandardCharsets.UTF_8).length).isGreaterThan(1_000);
        assertThat(paper.body()).startsWith("%PDF-");
    }

    private static List<MediaPicture> pictures(TestSocket who) {
        return who.frames().stream()
                .map(ServerFrame::message)
                .filter(MediaPicture.class::isInstance)
                .map(MediaPicture.class::cast)
                .toList();
    }

    /// The sources that feed somebody's slots.
    private List<String> heardBy(TestSocket who) {
        var leg = node.relay().legOf("table." + who.welcome().session());
        return node.relay().slotsOf(leg).values().stream().map(SourceId::value).toList();
    }

    private static String agree(TestSocket mediator) {
        var draft = (MediationDrafted) mediator.ask(new MediationDraft(TextKind.AGREEMENT));
        mediator.ask(new MediationWrite(TextKind.AGREEMENT, 0, draft.body()));
        mediator.ask(new MediationReadBack(TextKind.AGREEMENT, 1));
        return last(mediator).texts().getFirst().hash();
    }

    private static MediationSign sign(String hash) {
        return new MediationSign(TextKind.AGREEMENT, hash, Guests.NAME);
    }

    private static void consent(TestSocket who, boolean given) {
        var version = who.await(MediationState.class).consentTexts();
        assertThat(who.verdict(new MediationConsent(ConsentTo.CONFIDENTIALITY, version, given)))
                .isEqualTo("ok");
    }

    /// Waits until that is what they were told last: one's answer may be faster than the news of it
    /// at another's socket.
    private static void told(TestSocket who, Predicate<MediationState> what) {
        Eventually.holds(() -> what.test(last(who)));
    }

    /// What they were told last; every answer comes after what it told the same person.
    private static MediationState last(TestSocket who) {
        return who.frames().reversed().stream()
                .filter(frame -> frame.message() instanceof MediationState)
                .map(frame -> (MediationState) frame.message())
                .findFirst()
                .orElseThrow();
    }

    private static TablePerson person(MediationState state, String id) {
        return state.people().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    }
}
