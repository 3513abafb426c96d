package org.maplebridge.signaling.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage.AlertCancel;
import org.maplebridge.signaling.protocol.ClientMessage.AlertMessage.AlertRaise;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallTier;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackAsk;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallbackDone;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.AlertChanged;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.Phase;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallbackChanged;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTaken;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorTier;
import org.maplebridge.signaling.protocol.ServerMessage.UnitNews.UnitChanged;

/// Calls for help, wishes to be called, tiers and who is there, over nodes.
class RescueClusterTest extends ClusterCase {
    RescueClusterTest() {
        super(3);
    }

    private static final String GROUP = "group-xinhe";

    private final String id = UUID.randomUUID().toString();

    @Test
    void aCryAtOneNodeIsSeenAtAnotherAndTheCarIsHeardThere() {
        try (var car = node(0).terminal("car1").withMedia();
                var room = node(1).console("xinhe").withMedia();
                var other = node(2).terminal("car2").withMedia()) {
            room.snapshot();
            other.snapshot();
            assertThat(car.verdict(new AlertRaise(id, Severity.RED, null, null))).isEqualTo("ok");
            changed(room, Phase.PENDING);
            changed(other, Phase.PENDING);
            changed(room, Phase.ACTIVE);
            room.await(FloorTier.class, t -> t.call().equals(GROUP) && t.tier() == Severity.RED);
            other.await(FloorTier.class, t -> t.call().equals(GROUP) && t.tier() == Severity.RED);
            assertThat(car.await(FloorGranted.class, g -> g.call().equals(GROUP)).tier())
                    .isEqualTo(Severity.RED);
            room.await(FloorTaken.class, t -> t.call().equals(GROUP));
            other.await(FloorTaken.class, t -> t.call().equals(GROUP));
            assertThat(room.verdict(new CallTier(GROUP, Severity.YELLOW))).isEqualTo("not-allowed");
            car.verdict(new FloorRelease(GROUP));

            assertThat(room.verdict(new AlertCancel(id, "到场处置完毕"))).isEqualTo("ok");
            changed(car, Phase.CLOSED);
            changed(other, Phase.CLOSED);
            other.await(
                    FloorTier.class, t -> t.call().equals(GROUP) && t.tier() == Severity.YELLOW);
        }
    }

    @Test
    void aCallIsRaisedAtOneNodeAndNotLoweredAtAnotherByWhoMayNot() {
        try (var car = node(0).terminal("car1").withMedia();
                var room = node(1).console("xinhe").withMedia();
                var other = node(2).terminal("car2").withMedia()) {
            room.snapshot();
            other.snapshot();
            assertThat(car.verdict(new CallTier(GROUP, Severity.ORANGE))).isEqualTo("ok");
            other.await(FloorTier.class, t -> t.tier() == Severity.ORANGE);
            room.await(FloorTier.class, t -> t.tier() == Severity.ORANGE);

            assertThat(other.verdict(new CallTier(GROUP, Severity.YELLOW)))
                    .isEqualTo("not-allowed");
            assertThat(other.verdict(new CallTier(GROUP, Severity.RED))).isEqualTo("ok");
            car.await(FloorTier.class, t -> t.tier() == Severity.RED);
            assertThat(car.verdict(new CallTier(GROUP, Severity.YELLOW))).isEqualTo("not-allowed");
            other.forget();
            assertThat(room.verdict(new CallTier(GROUP, Severity.YELLOW))).isEqualTo("ok");
            other.await(FloorTier.class, t -> t.tier() == Severity.YELLOW);
            assertThat(other.verdict(new CallTier(GROUP, Severity.YELLOW))).isEqualTo("ok");
        }
    }

    @Test
    void whoComesLaterToAnotherNodeIsToldThatTheCallWasRaised() {
        try (var car = node(0).terminal("car1").withMedia();
                var room = node(1).console("xinhe").withMedia()) {
            room.snapshot();
            assertThat(car.verdict(new CallTier(GROUP, Severity.ORANGE))).isEqualTo("ok");
            room.await(FloorTier.class, t -> t.tier() == Severity.ORANGE);

            try (var late = node(2).terminal("car2").withMedia()) {
                late.await(
                        FloorTier.class,
                        t -> t.call().equals(GROUP) && t.tier() == Severity.ORANGE);
            }
        }
    }

    @Test
    void aWishToBeCalledIsSeenAtBothNodes() {
        try (var room = node(0).console("xinhe");
                var car = node(1).terminal("car1")) {
            room.snapshot();
            car.snapshot();
            assertThat(car.verdict(new CallbackAsk(id, "xinhe", "车辆需要更换"))).isEqualTo("ok");
            assertThat(room.await(CallbackChanged.class).open()).isTrue();
            assertThat(room.verdict(new CallbackDone(id))).isEqualTo("ok");
            car.await(CallbackChanged.class, c -> !c.open());
        }
    }

    @Test
    void whoWasAtANodeThatDiedIsAwayUntilTheyComeToAnother() {
        var car = node(0).terminal("car1");
        try (var room = node(1).console("xinhe");
                var police = node(2).console("xinhe-police")) {
            car.snapshot();
            room.snapshot();
            police.snapshot();
            Eventually.holds(() -> isOnline(1, "car1") && isOnline(2, "car1"));

            node(0).bus().close();

            for (var one : List.of(room, police)) {
                one.await(UnitChanged.class, u -> is(u, false));
            }
            assertThat(isOnline(1, "xinhe-police")).isTrue();
            try (var again = node(2).terminal("car1")) {
                again.snapshot();
                Eventually.holds(() -> isOnline(1, "car1") && isOnline(2, "car1"));
            }
        }
    }

    private boolean isOnline(int index, String unit) {
        try (var console = node(index).console("city")) {
            return console.snapshot().units().stream()
                    .anyMatch(shown -> shown.id().equals(unit) && shown.online());
        }
    }

    private static boolean is(UnitChanged changed, boolean online) {
        return changed.unit().id().equals("car1") && changed.unit().online() == online;
    }

    private void changed(TestSocket socket, Phase phase) {
        socket.await(
                AlertChanged.class,
                changed -> changed.alert().id().equals(id) && changed.alert().phase() == phase);
    }
}
