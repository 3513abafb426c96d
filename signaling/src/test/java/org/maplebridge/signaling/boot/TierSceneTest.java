package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallTier;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTier;

/// How grave a call is: raised by anybody who takes part, lowered by who raised it or may.
class TierSceneTest {
    private static final String GROUP = "group-zeguo";

    private final TestNode node = TestNode.shared();

    @Test
    void aGroupsCallIsRaisedByACarAndLoweredByTheRoom() {
        try (var room = node.console("zeguo");
                var car = node.terminal("zeguo-car1");
                var other = node.terminal("zeguo-car2")) {
            room.snapshot();
            other.snapshot();
            assertThat(car.verdict(tier(GROUP, Severity.ORANGE))).isEqualTo("ok");

            assertThat(told(room, GROUP, Severity.ORANGE).by()).contains("泽国");
            told(other, GROUP, Severity.ORANGE);
            assertThat(car.verdict(tier(GROUP, Severity.ORANGE))).isEqualTo("ok");
            assertThat(other.verdict(tier(GROUP, Severity.YELLOW))).isEqualTo("not-allowed");
            assertThat(other.verdict(tier(GROUP, Severity.RED))).isEqualTo("ok");
            told(room, GROUP, Severity.RED);
            assertThat(car.verdict(tier(GROUP, Severity.ORANGE))).isEqualTo("not-allowed");
            room.forget();

            assertThat(room.verdict(tier(GROUP, Severity.YELLOW))).isEqualTo("ok");
            told(room, GROUP, Severity.YELLOW);
            Eventually.holds(() -> node.journal("zeguo").contains("CALL_RAISED"));
        }
    }

    @Test
    void whoRaisedACallLowersItAgain() {
        try (var car = node.terminal("zeguo-car1")) {
            car.snapshot();
            assertThat(car.verdict(tier(GROUP, Severity.RED))).isEqualTo("ok");
            told(car, GROUP, Severity.RED);
            try (var late = node.console("zeguo")) {
                assertThat(late.snapshot().groups())
                        .anyMatch(g -> g.id().equals(GROUP) && g.tier() == Severity.RED);
            }
            assertThat(car.verdict(tier(GROUP, Severity.YELLOW))).isEqualTo("ok");
            told(car, GROUP, Severity.YELLOW);
        }
    }

    @Test
    void aPrivateCallHasATierOfItsOwnAsLongAsItHasAFloor() {
        try (var room = node.console("zeguo").withMedia();
                var car = node.terminal("zeguo-car1").withMedia()) {
            var call = ((CallOpened) room.ask(new CallOpen("zeguo-car1", true, null, null))).call();
            car.await(CallOpened.class, c -> c.call().equals(call));
            assertThat(car.verdict(tier(call, Severity.ORANGE))).isEqualTo("ok");
            told(room, call, Severity.ORANGE);
            assertThat(room.verdict(new CallClose(call))).isEqualTo("ok");
            assertThat(room.verdict(tier(call, Severity.YELLOW))).isEqualTo("not-a-member");

            var duplex =
                    ((CallOpened) room.ask(new CallOpen("zeguo-car1", false, null, null))).call();
            assertThat(room.verdict(tier(duplex, Severity.RED))).isEqualTo("not-a-member");
            assertThat(room.verdict(new CallClose(duplex))).isEqualTo("ok");
        }
    }

    @Test
    void strangersRaiseNothing() {
        try (var daxi = node.console("daxi")) {
            daxi.snapshot();
            assertThat(daxi.verdict(tier(GROUP, Severity.RED))).isEqualTo("not-a-member");
            assertThat(daxi.verdict(tier("no such call", Severity.RED))).isEqualTo("not-a-member");
        }
    }

    private static CallTier tier(String call, Severity tier) {
        return new CallTier(call, tier);
    }

    private static FloorTier told(TestSocket socket, String call, Severity tier) {
        return socket.await(
                FloorTier.class, told -> told.call().equals(call) && told.tier() == tier);
    }
}
