package org.maplebridge.dispatch.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maplebridge.dispatch.order.OrderStep.*;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.OrderWorkflow.Outcome;

class OrderWorkflowTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UnitId CAR = new UnitId("car1");

    /// The way to each state, and what each report does there. A advanced, J jumped, L late, R
    /// repeated, - not allowed.
    private static final Map<List<OrderStep>, String> TABLE = table();

    private static Map<List<OrderStep>, String> table() {
        var table = new TreeMap<List<OrderStep>, String>(Comparator.comparing(List::toString));
        // reported:                     placed delivered read accepted refused enRoute arrived done
        table.put(List.of(), "- A J J J J J J");
        table.put(List.of(DELIVERED), "- R A J J J J J");
        table.put(List.of(DELIVERED, READ), "- R R A A J J J");
        table.put(List.of(DELIVERED, READ, ACCEPTED), "- R R R - A J J");
        table.put(List.of(DELIVERED, READ, REFUSED), "- R R - R - - -");
        table.put(List.of(DELIVERED, READ, ACCEPTED, EN_ROUTE), "- R R R - R A J");
        table.put(List.of(DELIVERED, READ, ACCEPTED, EN_ROUTE, ARRIVED), "- R R R - R R A");
        table.put(List.of(DELIVERED, READ, ACCEPTED, EN_ROUTE, ARRIVED, DONE), "- R R R - R R R");
        // What an offline terminal may have left out comes in late, and changes nothing else.
        table.put(List.of(REFUSED), "- L L - R - - -");
        table.put(List.of(ACCEPTED), "- L L R - A J J");
        table.put(List.of(ARRIVED), "- L L L - L R A");
        table.put(List.of(DONE), "- L L L - L L R");
        return table;
    }

    @Test
    void everyReportInEveryStateHasItsOutcome() {
        TABLE.forEach((way, outcomes) -> {
            Assignment at = Assignment.placed(CAR, NOON);
            for (OrderStep step : way) {
                at = OrderWorkflow.step(at, report(step), NOON).next();
            }
            String[] expected = outcomes.split(" ", -1);
            for (OrderStep step : OrderStep.values()) {
                Outcome outcome = OrderWorkflow.step(at, report(step), NOON).outcome();
                assertThat(letter(outcome))
                        .as("%s after %s", step, way)
                        .isEqualTo(expected[step.ordinal()]);
            }
        });
    }

    @Test
    void aRefusalSaysWhy() {
        Assignment placed = Assignment.placed(CAR, NOON);

        for (String reason : new String[] {null, "", "  "}) {
            var step = OrderWorkflow.step(placed, new Report(REFUSED, NOON, reason), NOON);
            assertThat(step.outcome()).isEqualTo(Outcome.REASON_MISSING);
            assertThat(step.next()).isEqualTo(placed);
        }
        var refused = OrderWorkflow.step(placed, new Report(REFUSED, NOON, "轮胎爆了"), NOON).next();
        assertThat(refused.reason()).isEqualTo("轮胎爆了");
    }

    @Test
    void aRepeatKeepsTheTimeOfTheFirstReport() {
        Assignment placed = Assignment.placed(CAR, NOON);
        Instant later = NOON.plusSeconds(60);
        var read = OrderWorkflow.step(placed, new Report(READ, NOON, null), NOON).next();

        var again = OrderWorkflow.step(read, new Report(READ, later, null), later);

        assertThat(again.next()).isEqualTo(read);
    }

    @Test
    void aTerminalsClockCannotPutAStepBeforeTheOrderOrIntoTheFuture() {
        Assignment placed = Assignment.placed(CAR, NOON);
        Instant received = NOON.plusSeconds(60);

        assertThat(at(placed, NOON.minusSeconds(1), received)).isEqualTo(NOON);
        assertThat(at(placed, NOON.plusSeconds(30), received)).isEqualTo(NOON.plusSeconds(30));
        assertThat(at(placed, NOON.plusSeconds(99), received)).isEqualTo(received);
    }

    @Test
    void theHistoryReadsAsTheWayWhateverOrderTheReportsCameIn() {
        Assignment at = Assignment.placed(CAR, NOON);
        for (OrderStep step : List.of(ARRIVED, DELIVERED, DONE, ACCEPTED, READ, EN_ROUTE)) {
            at = OrderWorkflow.step(at, report(step), NOON).next();
        }

        assertThat(at.step()).isEqualTo(DONE);
        assertThat(at.history())
                .extracting(StepRecord::step)
                .containsExactly(PLACED, DELIVERED, READ, ACCEPTED, EN_ROUTE, ARRIVED, DONE);
        assertThat(at.step().isFinal()).isTrue();
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsEverTakenBackAndEveryRepeatIsHarmless(long seed) {
        var random = new SplittableRandom(seed);
        Assignment at = Assignment.placed(CAR, NOON);
        for (int i = 0; i < 60; i++) {
            var reported = OrderStep.values()[random.nextInt(OrderStep.values().length)];
            Instant time = NOON.plusSeconds(random.nextInt(-100, 100));
            var report = new Report(reported, time, random.nextBoolean() ? "因为" : null);
            var step = OrderWorkflow.step(at, report, NOON.plusSeconds(i));
            Assignment next = step.next();

            assertThat(next.step().rank()).isGreaterThanOrEqualTo(at.step().rank());
            assertThat(next.history()).containsAll(at.history());
            assertThat(next.history()).extracting(StepRecord::step).doesNotHaveDuplicates();
            assertThat(next.current().step()).isEqualTo(next.step());
            assertThat(step.outcome().changes()).isEqualTo(!next.equals(at));
            boolean goes = next.has(ACCEPTED) || next.has(EN_ROUTE) || next.has(DONE);
            assertThat(goes && next.has(REFUSED)).isFalse();
            if (step.outcome().changes()) {
                assertThat(OrderWorkflow.step(next, report, NOON.plusSeconds(i)).outcome())
                        .isEqualTo(Outcome.REPEATED);
            }
            at = next;
        }
    }

    @Test
    void anOrderIsClosedWhenEveryUnitHasAnsweredForGood() {
        Order order = order("去长屿村", CAR, new UnitId("car2"), CAR);
        assertThat(order.assignments()).hasSize(2);

        Assignment done = OrderWorkflow.step(share(order, CAR), report(DONE), NOON).next();
        Order half = order.with(done);
        assertThat(half.isClosed()).isFalse();
        Assignment refused =
                OrderWorkflow.step(share(order, new UnitId("car2")), report(REFUSED), NOON).next();
        assertThat(half.with(refused).isClosed()).isTrue();
    }

    @Test
    void anOrderHasWordsAndSomebodyToCarryItOut() {
        assertThatThrownBy(() -> order(" ", CAR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> order("x".repeat(2_001), CAR))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> order("a\0b", CAR)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> order("去")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyStepHasAWordOnTheWire() {
        for (OrderStep step : OrderStep.values()) {
            assertThat(OrderStep.ofCode(step.code())).contains(step);
        }
        assertThat(OrderStep.ofCode("flying")).isEmpty();
    }

    private static Assignment share(Order order, UnitId unit) {
        return order.assignment(unit).orElseThrow();
    }

    private static Order order(String text, UnitId... units) {
        return Order.place(
                new OrderId("o-1"),
                text,
                Severity.YELLOW,
                new Author(new UserId("xinhe"), new NodeId("xinhe"), null),
                NOON,
                null,
                List.of(units));
    }

    private static Instant at(Assignment placed, Instant told, Instant received) {
        return OrderWorkflow.step(placed, new Report(READ, told, null), received).next().at();
    }

    private static Report report(OrderStep step) {
        return new Report(step, NOON, "因为");
    }

    private static String letter(Outcome outcome) {
        return switch (outcome) {
            case ADVANCED -> "A";
            case JUMPED -> "J";
            case LATE -> "L";
            case REPEATED -> "R";
            case REASON_MISSING -> "?";
            case NOT_ALLOWED -> "-";
        };
    }
}
