package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ExpertMessage.ExpertAnswer;
import org.maplebridge.signaling.protocol.ExpertMessage.ExpertRing;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertInvited;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertRung;
import org.maplebridge.signaling.protocol.ExpertNews.ExpertState;
import org.maplebridge.signaling.protocol.ExpertNews.RingState;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.protocol.MediationNews.TableRole;

/// An expert is rung from a table: on all their devices, once, and into the waiting room.
class ExpertSceneTest {
    private final TestNode node = TestNode.shared();
    private final Guests guests = new Guests(node, Map.of());

    @Test
    void whoAcceptsComesIntoTheWaitingRoomAsAnExpert() {
        try (var mediator = guests.mediator();
                var desk = node.console("zeguo-reception");
                var ann = guests.bound("p2")) {
            desk.snapshot();
            assertThat(directory(guests.place("p3"))).isEqualTo(404);
            assertThat(ann.verdict(new ExpertRing("zeguo-reception"))).isEqualTo("mediator-only");
            assertThat(mediator.verdict(new ExpertRing("zeguo-reception"))).isEqualTo("ok");
            assertThat(mediator.verdict(new ExpertRing("zeguo-reception")))
                    .isEqualTo("rings-already");
            var rung = desk.await(ExpertRung.class);
            assertThat(rung.title()).isEqualTo("相邻采光纠纷");
            mediator.await(ExpertState.class, said -> said.state() == RingState.RINGING);

            desk.say(new ExpertAnswer(rung.ring(), true));
            var invited = desk.await(ExpertInvited.class);
            assertThat(invited.path()).startsWith("/mediation/join#");
            assertThat(desk.frames().toString()).contains("ExpertOver");
            assertThat(desk.verdict(new ExpertAnswer(rung.ring(), true))).isEqualTo("no-such-ring");
            mediator.await(ExpertState.class, said -> said.state() == RingState.ACCEPTED);

            var answer = guests.show(invited.path().replaceAll("^.*#", ""));
            var token = TestNode.json(answer).get("token").asString();
            try (var expert = TestSocket.open(node, token, false)) {
                var state = expert.await(MediationState.class);
                assertThat(state.role()).isEqualTo(TableRole.EXPERT);
                assertThat(state.room()).isEqualTo("waiting");
                assertThat(mediator.verdict(new ExpertRing("zeguo-reception")))
                        .isEqualTo("sits-here");
            }
        }
    }

    @Test
    void whoDeclinesIsToldAndNobodyElseAnswersForThem() {
        try (var mediator = guests.mediator();
                var desk = node.console("xinhe-reception");
                var other = node.console("zeguo")) {
            desk.snapshot();
            mediator.ask(new ExpertRing("xinhe-reception"));
            var rung = desk.await(ExpertRung.class);
            assertThat(other.verdict(new ExpertAnswer(rung.ring(), true)))
                    .isEqualTo("no-such-ring");
            assertThat(other.verdict(new ExpertRing("zeguo-reception"))).isEqualTo("not-allowed");
            assertThat(mediator.verdict(new ExpertAnswer(rung.ring(), true)))
                    .isEqualTo("not-allowed");
            assertThat(desk.verdict(new ExpertAnswer(rung.ring(), false))).isEqualTo("ok");
            mediator.await(ExpertState.class, said -> said.state() == RingState.DECLINED);
            assertThat(other.frames().toString()).doesNotContain("ExpertRung");
        }
    }

    @Test
    void whoIsAwayUnknownOrNoExpertIsNotRung() {
        try (var mediator = guests.mediator()) {
            assertThat(mediator.verdict(new ExpertRing("daxi-reception"))).isEqualTo("not-present");
            assertThat(mediator.verdict(new ExpertRing("nobody"))).isEqualTo("no-such-expert");
            assertThat(mediator.verdict(new ExpertRing("../x"))).isEqualTo("no-such-expert");
            assertThat(mediator.verdict(new ExpertRing("car1"))).isEqualTo("no-such-expert");
            assertThat(mediator.verdict(new ExpertRing("mediator"))).isEqualTo("no-such-expert");
        }
    }

    @Test
    void silenceIsToldAfterAWhile() {
        var hasty = TestNode.hasty();
        var there = new Guests(hasty, Map.of());
        try (var mediator = there.mediator();
                var desk = hasty.console("zeguo-reception")) {
            desk.snapshot();
            assertThat(mediator.verdict(new ExpertRing("zeguo-reception"))).isEqualTo("ok");
            var rung = desk.await(ExpertRung.class);
            Eventually.holds(() ->
                    mediator.frames().toString().contains("NO_ANSWER")
                            && desk.frames().toString().contains("ExpertOver"));
            assertThat(desk.verdict(new ExpertAnswer(rung.ring(), true))).isEqualTo("no-such-ring");
        }
    }

    private int directory(String token) {
        return node.send(node.bearer(token, "/api/table/experts").GET()).statusCode();
    }
}
