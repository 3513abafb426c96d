package org.maplebridge.signaling.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;

/// The spans of an order, of two nodes that say nothing of traces to each other.
class TracedOrdersTest {
    private static final long MILLI = 1_000_000;
    private static final OrderId ORDER = new OrderId("order-1");
    private static final UnitId CAR = new UnitId("car1");

    private final List<Span> told = new ArrayList<>();
    private long now = 5_000 * MILLI;
    private final TracedOrders room = orders("node-1", 1);
    private final TracedOrders car = orders("node-2", 1);

    private TracedOrders orders(String node, double share) {
        return new TracedOrders(
                told::addAll,
                node,
                share,
                new TraceClock(() -> Instant.ofEpochMilli(now / MILLI), () -> now));
    }

    @Test
    void twoNodesTellOneTrace() {
        long frame = now;
        later(1);
        room.done(OrderPart.CHECK, ORDER, frame);
        room.done(OrderPart.RECORD, ORDER, later(6) - 6 * MILLI);
        room.done(OrderPart.PUBLISH, ORDER, later(1) - MILLI);
        room.placed(ORDER, false, frame);
        long heard = later(2);
        car.done(OrderPart.READ, ORDER, later(3) - 3 * MILLI);
        car.delivered(ORDER, "placed", 2, heard);
        car.reached(ORDER, CAR);
        long said = later(700);
        car.done(OrderPart.STEP_RECORD, ORDER, later(5) - 5 * MILLI);
        car.stepped(ORDER, CAR, "delivered", "ok", said);
        long accepted = later(4_000);
        later(5);
        car.stepped(ORDER, CAR, "accepted", "ok", accepted);

        assertThat(told)
                .extracting(Span::name)
                .containsExactly(
                        "order.check",
                        "order.record",
                        "order.publish",
                        "order",
                        "order.read",
                        "order.deliver",
                        "order.step.record",
                        "order.terminal",
                        "order.step",
                        "order.step");
        var whole = told.get(3);
        assertThat(whole.parent()).isEmpty();
        assertThat(millis(whole)).isEqualTo(1 + 6 + 1);
        assertThat(whole.attributes()).containsEntry("order.form", "written");
        assertThat(told).allMatch(span -> span.trace().equals(TraceIds.trace("order-1")));
        assertThat(told.stream().filter(span -> span != whole))
                .allMatch(span -> span.parent().equals(whole.id()));
        assertThat(told.stream().map(Span::id).distinct()).hasSize(told.size());
        assertThat(told.get(5).attributes())
                .containsEntry("node", "node-2")
                .containsEntry("order.news", "placed")
                .containsEntry("sessions", "2");
        assertThat(millis(told.get(7))).isEqualTo(700);
        assertThat(told.get(9).attributes()).containsEntry("order.step", "accepted");
        assertThat(told.toString()).doesNotContain("car1").doesNotContain("order-1");
    }

    @Test
    void whatIsRefusedIsNamedAndDoesNotTakeTheFirstSpansPlace() {
        room.refused(ORDER, "not-visible", now - MILLI);
        room.repeated(ORDER, "order-conflict", now - MILLI);
        car.stepped(ORDER, CAR, "refused", "reason-required", now - MILLI);
        assertThat(told).allMatch(Span::failed);
        assertThat(told)
                .extracting(span -> span.name() + " " + span.attributes().get("outcome"))
                .containsExactly(
                        "order not-visible",
                        "order.repeat order-conflict",
                        "order.step reason-required");
        assertThat(told.getFirst().id()).isNotEqualTo(TraceIds.root("order-1"));
    }

    @Test
    void whoNeverAnswersIsNotRememberedForEver() {
        for (int i = 0; i <= TracedOrders.MOST; i++) {
            car.reached(new OrderId("order-" + i), CAR);
        }
        later(1);
        car.stepped(new OrderId("order-0"), CAR, "delivered", "ok", now);
        assertThat(told).extracting(Span::name).containsExactly("order.step");
        car.stepped(new OrderId("order-1"), CAR, "delivered", "ok", now);
        assertThat(told)
                .extracting(Span::name)
                .containsExactly("order.step", "order.terminal", "order.step");
    }

    @Test
    void aShareOfNoneTellsNothing() {
        orders("node-1", 0).placed(ORDER, false, now);
        assertThat(told).isEmpty();
    }

    @Test
    void offThereIsNothingToAskTheClockFor() {
        assertThat(Orders.OFF.now()).isZero();
        assertThat(Joins.OFF.begin(7)).isSameAs(Join.NONE);
    }

    private long later(long millis) {
        now += millis * MILLI;
        return now;
    }

    private static long millis(Span span) {
        return (span.endNanos() - span.startNanos()) / MILLI;
    }
}
