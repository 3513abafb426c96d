package org.maplebridge.signaling.boot.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.maplebridge.signaling.trace.otlp.TraceCollector.attribute;

import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.Place;
import org.maplebridge.signaling.protocol.ClientMessage.PositionMessage.PositionReport;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.trace.Joins;
import org.maplebridge.signaling.trace.Orders;
import org.maplebridge.signaling.trace.otlp.OtlpSpans;
import org.maplebridge.signaling.trace.otlp.TraceCollector;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;

/// What a collector is told of joins and orders by whole nodes; media are said to be there.
class TracedNodesTest {
    private static final String TEXT = "到清河村委会接老人";

    private final TraceCollector collector = new TraceCollector();
    private final String order = UUID.randomUUID().toString();

    @TempDir Path folder;

    @AfterEach
    void close() {
        collector.close();
    }

    @Test
    void oneJoinIsOneTraceWhosePartsAreTheWhole() {
        try (var node = TestNode.on(folder, to(collector.endpoint()));
                var car = node.terminal("car1")) {
            car.snapshot();
            // The session's thread is done with the snapshot, and not only the page has it.
            assertThat(car.verdict(here())).isEqualTo("ok");
            car.withMedia();
            var session = car.welcome().session();
            connect(node, session);

            Eventually.holds(() -> names(session).contains("join.first-sent"));
            assertThat(names(session))
                    .containsSubsequence(
                            "join",
                            "join.upgrade",
                            "join.hello",
                            "join.session",
                            "join.snapshot",
                            "join.offer",
                            "join.answer",
                            "join.ice",
                            "join.dtls",
                            "join.first-sent");
            var all = collector.traceOf(session);
            var whole = all.getFirst();
            long parts =
                    all.stream()
                            .filter(span -> span != whole && !span.getName().contains("first"))
                            .mapToLong(TracedNodesTest::nanos)
                            .sum();
            assertThat(parts).isEqualTo(nanos(whole));
            assertThat(all.stream().filter(span -> span != whole))
                    .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()));
            assertThat(attribute(whole, "outcome")).isEqualTo("connected");
            assertThat(attribute(whole, "client")).isEqualTo("terminal");

            car.kill();
            try (var again =
                    TestSocket.resume(
                            node,
                            node.token("car1"),
                            true,
                            car.welcome().resume(),
                            car.lastSeq())) {
                assertThat(again.welcome().resumed()).isTrue();
                Eventually.holds(() -> collector.everything().contains("resumed"));
            }
        }
    }

    @Test
    void oneOrderIsOneTraceOfBothNodesAndSaysNothingOfAnybody() {
        var there = List.of(to(collector.endpoint()));
        var nodes = TestNode.cluster(List.of(there, there));
        try (var room = nodes.get(0).console("xinhe");
                var car = nodes.get(1).terminal("car1")) {
            room.snapshot();
            car.snapshot();
            assertThat(car.verdict(here())).isEqualTo("ok");
            assertThat(room.verdict(place("car1"))).isEqualTo("ok");
            car.await(OrderChanged.class, changed -> changed.order().id().equals(order));
            for (var step : List.of(ReportedStep.DELIVERED, ReportedStep.ACCEPTED)) {
                assertThat(car.verdict(new OrderReport(order, step, null, Instant.now())))
                        .isEqualTo("ok");
            }
            Eventually.holds(() -> isWholeTraceThere());

            assertThat(named("order")).singleElement().matches(on("node-1"));
            assertThat(named("order.check")).singleElement().matches(on("node-1"));
            assertThat(named("order.record")).singleElement().matches(on("node-1"));
            assertThat(named("order.terminal")).singleElement().matches(on("node-2"));
            assertThat(named("order.step")).hasSize(2).allMatch(on("node-2"));
            assertThat(named("order.step.record")).hasSize(2).allMatch(on("node-2"));
            assertThat(named("order.deliver"))
                    .anyMatch(on("node-1"))
                    .anyMatch(
                            on("node-2")
                                    .and(span -> attribute(span, "order.news").equals("placed"))
                                    .and(span -> attribute(span, "sessions").equals("1")));
            var whole = named("order").getFirst();
            assertThat(collector.traceOf(order).stream().filter(span -> span != whole))
                    .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()));

            assertThat(room.verdict(place("nobody"))).isEqualTo("not-visible");
            Eventually.holds(() -> collector.everything().contains("not-visible"));
            saysNothingOfAnybody(room.welcome().user().name(), car.welcome().user().name());
        } finally {
            nodes.forEach(TestNode::close);
        }
    }

    /// Each node sends by itself.
    private boolean isWholeTraceThere() {
        return !named("order").isEmpty()
                && named("order.deliver").stream().anyMatch(on("node-1"))
                && named("order.step").size() == 2;
    }

    private void saysNothingOfAnybody(String... people) {
        assertThat(people).noneMatch(String::isBlank);
        assertThat(collector.everything())
                .contains("order.step")
                .doesNotContain(people)
                .doesNotContain("xinhe", "car1", order, TEXT, "清河")
                .doesNotContain("28.12", "121.65");
    }

    @Test
    void withoutACollectorEverythingGoesOnAndIsCounted() {
        collector.close();
        try (var node = TestNode.on(folder, to(collector.endpoint()));
                var room = node.console("xinhe");
                var car = node.terminal("car1").withMedia()) {
            var spans = node.bean("otlpSpans", OtlpSpans.class);
            connect(node, car.welcome().session());
            assertThat(room.verdict(place("car1"))).isEqualTo("ok");
            car.await(OrderChanged.class, changed -> changed.order().id().equals(order));
            Eventually.holds(() -> spans.dropped() > 10);
            assertThat(spans.sent()).isZero();
            assertThat(node.send(node.request("/actuator/prometheus").GET()).body())
                    .contains("maplebridge_traces_dropped_total");
        }
    }

    @Test
    void aShareOfNoneSendsNothing() {
        try (var node =
                        TestNode.on(
                                folder, to(collector.endpoint()), "--maplebridge.traces.share=0");
                var room = node.console("xinhe");
                var car = node.terminal("car1").withMedia()) {
            connect(node, car.welcome().session());
            assertThat(room.verdict(place("car1"))).isEqualTo("ok");
            car.await(OrderChanged.class, changed -> changed.order().id().equals(order));
            assertThat(node.bean("joins", Joins.class)).isSameAs(Joins.OFF);
            assertThat(node.bean("orderTraces", Orders.class)).isSameAs(Orders.OFF);
            assertThatThrownBy(() -> node.bean("otlpSpans", OtlpSpans.class))
                    .isInstanceOf(BeanNotOfRequiredTypeException.class);
        }
        assertThat(collector.requests()).isZero();
    }

    private static String to(String endpoint) {
        return "--maplebridge.traces.endpoint=" + endpoint;
    }

    private static void connect(TestNode node, String session) {
        var leg = node.relay().legOf(session);
        node.relay().say(new RelayEvent.LegReached(leg));
        node.relay().say(new RelayEvent.LegConnected(leg, "192.0.2.7:9"));
        node.relay().say(new RelayEvent.SlotStarted(leg, "2", new SourceId("call:some")));
    }

    private static PositionReport here() {
        return new PositionReport(new Place(28.123456, 121.654321), 5.0, Instant.now());
    }

    private OrderPlace place(String unit) {
        return new OrderPlace(order, List.of(unit), null, TEXT, Severity.RED, null);
    }

    private List<String> names(String subject) {
        return collector.traceOf(subject).stream().map(Span::getName).toList();
    }

    private List<Span> named(String name) {
        return collector.traceOf(order).stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private static Predicate<Span> on(String node) {
        return span -> attribute(span, "node").equals(node);
    }

    private static long nanos(Span span) {
        return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    }
}
