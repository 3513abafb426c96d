package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.SocketSessionTest.place;
import static org.maplebridge.signaling.boot.Talk.GROUP;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallClose;
import org.maplebridge.signaling.protocol.ClientMessage.CallMessage.CallOpen;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRelease;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.FloorRequest;
import org.maplebridge.signaling.protocol.ClientMessage.FloorMessage.SpokenOrder;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.OrderNews.Order;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.OrderNews.Step;
import org.maplebridge.signaling.protocol.ServerMessage.Answer.Refused;
import org.maplebridge.signaling.protocol.ServerMessage.CallNews.CallOpened;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorGranted;
import org.maplebridge.signaling.protocol.ServerMessage.FloorNews.FloorQueued;

/// The spoken order is the order.
class SpokenOrderSceneTest {
    private final TestNode node = TestNode.shared();
    private final String id = UUID.randomUUID().toString();

    @Test
    void isPlacedDeliveredAndAcceptedLikeAnyOther() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var burst = Talk.said(Talk.order(GROUP, id), room, car);

            var order = changed(car, Step.PLACED);
            assertThat(order.text()).isEqualTo("语音指令 1″");
            assertThat(order.severity()).isEqualTo(Severity.ORANGE);
            assertThat(order.burst()).isEqualTo(burst.id());
            assertThat(order.group()).isEqualTo(GROUP);
            assertThat(order.placedBy().user()).isEqualTo("xinhe");
            assertThat(order.assignees())
                    .extracting(assignee -> assignee.unit())
                    .contains("car1", "car2")
                    .doesNotContain("xinhe");
            assertThat(burst.order()).isEqualTo(id);

            for (var step : List.of(ReportedStep.DELIVERED, ReportedStep.ACCEPTED)) {
                assertThat(car.verdict(new OrderReport(id, step, null, Instant.now())))
                        .isEqualTo("ok");
                changed(room, Step.valueOf(step.name()));
            }
            assertThat(node.get("xinhe", "/api/orders/" + id).body()).contains(burst.id());
            assertThat(node.journal("xinhe")).contains("\"SPOKEN\"", "order:" + id);
        }
        try (var away = node.terminal("car2")) {
            assertThat(away.snapshot().orders())
                    .anyMatch(order -> order.id().equals(id) && order.burst() != null);
        }
    }

    @Test
    void inAPrivateCallItIsForTheOtherSide() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            var call = ((CallOpened) room.ask(new CallOpen("car1", null, null, null))).call();

            var burst = Talk.said(Talk.order(call, id), room, car);

            var order = changed(car, Step.PLACED);
            assertThat(order.group()).isNull();
            assertThat(order.assignees()).extracting(a -> a.unit()).containsExactly("car1");
            assertThat(node.get("car1", "/api/bursts/" + burst.id()).statusCode()).isEqualTo(200);
            assertThat(node.get("city", "/api/bursts/" + burst.id()).statusCode()).isEqualTo(200);
            for (var stranger : List.of("car2", "xinhe-police", "zeguo")) {
                assertThat(node.get(stranger, "/api/bursts/" + burst.id()).statusCode())
                        .isEqualTo(404);
                assertThat(node.get(stranger, "/api/bursts").body()).doesNotContain(burst.id());
            }
            room.verdict(new CallClose(call));
        }
    }

    @Test
    void tooLittleIsNoOrder() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            node.relay().speaks(450);
            var burst = Talk.said(Talk.order(GROUP, id), room, car);

            nothingSaid(room);
            assertThat(burst.order()).isNull();
            assertThat(node.get("xinhe", "/api/orders/" + id).statusCode()).isEqualTo(404);
        } finally {
            node.relay().speaks(1_200);
        }
    }

    @Test
    void whoLetsGoBeforeTheFloorComesHasSaidNothing() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            car.verdict(new FloorRequest(GROUP, 3, null, null, null));
            car.await(FloorGranted.class);
            room.verdict(Talk.order(GROUP, id));
            room.await(FloorQueued.class);
            room.verdict(new FloorRelease(GROUP));

            nothingSaid(room);
            car.verdict(new FloorRelease(GROUP));
        }
    }

    @Test
    void theOrderKeyRightBehindAnotherTalkBeginsABurstOfItsOwn() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            room.verdict(Talk.press(GROUP));
            room.await(FloorGranted.class);

            var one = Talk.said(Talk.order(GROUP, id), room, car);
            var other = Talk.nextEnded(car, one.id());
            var first = one.at().isAfter(other.at()) || one.order() != null ? other : one;
            var second = first == one ? other : one;

            assertThat(first.order()).isNull();
            assertThat(second.order()).isEqualTo(id);
            assertThat(changed(car, Step.PLACED).burst()).isEqualTo(second.id());
        }
    }

    @Test
    void anIdThatIsAnotherOrdersIsTold() {
        try (var room = node.console("xinhe").withMedia();
                var car = node.terminal("car1").withMedia()) {
            assertThat(room.verdict(place(id, "car1"))).isEqualTo("ok");

            var burst = Talk.said(Talk.order(GROUP, id), room, car);

            assertThat(refused(room).code()).isEqualTo("order-conflict");
            assertThat(burst.order()).isNull();
        }
    }

    @Test
    void whoMayNotOrderHasNoSuchKey() {
        try (var room = node.console("xinhe").withMedia();
                var city = node.console("city").withMedia();
                var car = node.terminal("car1").withMedia()) {
            assertThat(car.verdict(Talk.order(GROUP, id))).isEqualTo("not-allowed");
            var bad = new SpokenOrder("no id!", Severity.RED);
            assertThat(room.verdict(new FloorRequest(GROUP, 0, null, null, bad)))
                    .isEqualTo("malformed");

            var upwards = ((CallOpened) room.ask(new CallOpen("city", null, null, null))).call();
            city.await(CallOpened.class);
            assertThat(room.verdict(Talk.order(upwards, id))).isEqualTo("not-allowed");
            room.verdict(new CallClose(upwards));
        }
    }

    private Order changed(TestSocket socket, Step step) {
        return socket.await(
                        OrderChanged.class,
                        changed ->
                                changed.order().id().equals(id)
                                        && changed.order().assignees().stream()
                                                .anyMatch(a -> a.step() == step))
                .order();
    }

    private void nothingSaid(TestSocket socket) {
        assertThat(refused(socket).code()).isEqualTo("nothing-said");
    }

    private Refused refused(TestSocket socket) {
        return socket.await(
                Refused.class,
                refused ->
                        refused.re() == null
                                && refused.params() != null
                                && id.equals(refused.params().get("order")));
    }
}
