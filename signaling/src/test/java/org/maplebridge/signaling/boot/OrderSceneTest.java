package org.maplebridge.signaling.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.boot.SocketSessionTest.place;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.OrderNews.Order;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.OrderNews.Step;

/// An order's road from the room to the car and back.
class OrderSceneTest {
    private final TestNode node = TestNode.shared();
    private final String id = UUID.randomUUID().toString();

    @Test
    void everyStepOfTheCarIsSeenInTheRoom() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1")) {
            room.snapshot();
            car.snapshot();
            assertThat(room.verdict(place(id, "car1"))).isEqualTo("ok");
            assertThat(changed(car, Step.PLACED).number()).isPositive();

            for (var step :
                    List.of(
                            ReportedStep.DELIVERED,
                            ReportedStep.READ,
                            ReportedStep.ACCEPTED,
                            ReportedStep.EN_ROUTE,
                            ReportedStep.ARRIVED,
                            ReportedStep.DONE)) {
                assertThat(car.verdict(report(step, null))).isEqualTo("ok");
                changed(room, Step.valueOf(step.name()));
            }
            assertThat(TestNode.json(node.get("xinhe", "/api/orders/" + id)).toString())
                    .contains("\"done\"");
            assertThat(node.journal("xinhe")).contains("order:" + id);
        }
    }

    @Test
    void whoIsAwayFindsTheOrderWhenTheyCome() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            room.verdict(place(id, "car2"));
        }
        try (var car = node.terminal("car2")) {
            assertThat(car.snapshot().orders()).anyMatch(order -> order.id().equals(id));
        }
    }

    @Test
    void placingAgainChangesNothingAndAnotherOrderUnderTheSameIdIsRefused() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(room.verdict(place(id, "car1"))).isEqualTo("ok");
            assertThat(room.verdict(place(id, "car1"))).isEqualTo("ok");
            assertThat(room.verdict(place(id, "car2"))).isEqualTo("order-conflict");
        }
    }

    @Test
    void reportingAgainChangesNothingAndSomeStepsCannotFollow() {
        try (var room = node.console("xinhe");
                var car = node.terminal("car1")) {
            room.snapshot();
            room.verdict(place(id, "car1"));
            assertThat(car.verdict(report(ReportedStep.REFUSED, null)))
                    .isEqualTo("reason-required");
            assertThat(car.verdict(report(ReportedStep.ACCEPTED, null))).isEqualTo("ok");
            assertThat(car.verdict(report(ReportedStep.ACCEPTED, null))).isEqualTo("ok");
            assertThat(car.verdict(report(ReportedStep.REFUSED, "不去")))
                    .isEqualTo("step-not-allowed");
        }
    }

    @Test
    void aGroupIsOrderedAsItsMembers() {
        try (var room = node.console("xinhe")) {
            room.snapshot();
            assertThat(
                            room.verdict(
                                    new OrderPlace(
                                            id,
                                            List.of(),
                                            "group-xinhe",
                                            "集合",
                                            Severity.RED,
                                            null)))
                    .isEqualTo("ok");
            assertThat(changed(room, Step.PLACED).assignees())
                    .extracting(assignee -> assignee.unit())
                    .contains("car1", "car2")
                    .doesNotContain("xinhe");
        }
    }

    @Test
    void strangersNeitherPlaceNorSeeNorReport() {
        try (var zeguo = node.console("zeguo");
                var car = node.terminal("car2");
                var room = node.console("xinhe")) {
            zeguo.snapshot();
            assertThat(zeguo.verdict(place(id, "car1"))).isEqualTo("not-visible");
            assertThat(car.verdict(place(id, "car1"))).isEqualTo("not-allowed");
            room.verdict(place(id, "car1"));
            changed(room, Step.PLACED);

            assertThat(car.verdict(report(ReportedStep.ACCEPTED, null))).isEqualTo("not-visible");
            assertThat(node.get("zeguo", "/api/orders/" + id).statusCode()).isEqualTo(404);
            assertThat(node.get("zeguo", "/api/orders").body()).doesNotContain(id);
            assertThat(zeguo.frames().toString()).doesNotContain(id);
            assertThat(room.verdict(new OrderPlace("o", List.of(), null, "x", Severity.RED, null)))
                    .isEqualTo("malformed");
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

    private OrderReport report(ReportedStep step, @Nullable String reason) {
        return new OrderReport(id, step, reason, Instant.now());
    }
}
