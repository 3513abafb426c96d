package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.county.Handheld;
import org.maplebridge.load.county.NodeDoor;
import org.maplebridge.load.ground.Places;
import org.maplebridge.load.ground.SharedRecord;
import org.maplebridge.load.ground.Site;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderPlace;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.OrderReport;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.ReportedStep;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ClientMessage.SessionMessage.Device;
import org.maplebridge.signaling.protocol.OrderNews.OrderChanged;
import org.maplebridge.signaling.protocol.ServerMessage;

/// Two real nodes with the real bus and real media tell one collector: a join is seen up to ICE,
/// DTLS and the first packets, an order on both nodes.
class TracedWaysTest {
    private static final String GROUP = "group-xinhe";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    @TempDir Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    private record Somebody(Handheld device, BlockingQueue<ServerMessage> told) {
        String session() {
            return device.signalling().session();
        }
    }

    @Test
    void aJoinAndAnOrderAreSeenFromEndToEnd() throws Exception {
        try (var inbox = new SpanInbox();
                var record = SharedRecord.start(folder);
                var nodes = Nodes.start(folder, site(record, inbox), 2, 0);
                var fleet = new VoiceTerminals(1)) {
            var room = arrive(nodes, 0, "xinhe", Device.CONSOLE, fleet);
            var car = arrive(nodes, 1, "car1", Device.TERMINAL, fleet);
            joined(inbox, room, "console");
            joined(inbox, car, "terminal");
            talked(inbox, room, car);
            ordered(inbox, room, car);
            assertThat(nodes.node(0).errors()).isEmpty();
            assertThat(nodes.node(1).errors()).isEmpty();
        } finally {
            for (var one : open.reversed()) {
                one.close();
            }
        }
    }

    private static Site site(SharedRecord record, SpanInbox inbox) {
        return new Site(
                Places.loopback(),
                List.of(
                        "--maplebridge.database.url=" + record.url(),
                        "--maplebridge.traces.endpoint=" + inbox.endpoint()));
    }

    private static void joined(SpanInbox inbox, Somebody who, String client) {
        await(() -> names(inbox, who.session()).contains("join.dtls"));
        var all = inbox.traceOf(who.session());
        var whole = all.stream().filter(span -> span.getName().equals("join")).findFirst().get();
        assertThat(SpanInbox.attribute(whole, "outcome")).isEqualTo("connected");
        assertThat(SpanInbox.attribute(whole, "client")).isEqualTo(client);
        var parts =
                all.stream()
                        .filter(span -> span != whole && !span.getName().contains("first"))
                        .toList();
        assertThat(parts)
                .extracting(Span::getName)
                .containsSubsequence("join.upgrade", "join.session", "join.ice", "join.dtls");
        assertThat(parts.stream().mapToLong(TracedWaysTest::nanos).sum()).isEqualTo(nanos(whole));
        print(all);
    }

    private static void talked(SpanInbox inbox, Somebody room, Somebody car) {
        var press = room.device().press(GROUP);
        assertThat(press.await(5_000)).containsInstanceOf(Handheld.Verdict.Granted.class);
        await(() -> names(inbox, room.session()).contains("join.first-received"));
        await(() -> names(inbox, car.session()).contains("join.first-sent"));
        room.device().release(GROUP);
    }

    private static void ordered(SpanInbox inbox, Somebody room, Somebody car) throws Exception {
        var order = UUID.randomUUID().toString();
        var place = new OrderPlace(order, List.of("car1"), null, "去看看", Severity.RED, null);
        assertThat(room.device().signalling().verdict(place)).isEqualTo("ok");
        for (boolean heard = false; !heard; ) {
            var said = car.told().poll(20, TimeUnit.SECONDS);
            assertThat(said).isNotNull();
            heard = said instanceof OrderChanged changed && changed.order().id().equals(order);
        }
        for (var step : List.of(ReportedStep.DELIVERED, ReportedStep.ACCEPTED)) {
            var report = new OrderReport(order, step, null, Instant.now());
            assertThat(car.device().signalling().verdict(report)).isEqualTo("ok");
        }
        await(() ->
                names(inbox, order).contains("order")
                        && inbox.traceOf(order).stream()
                                .anyMatch(s ->
                                        SpanInbox.attribute(s, "order.step").equals("accepted")));
        var all = inbox.traceOf(order);
        var whole = all.stream().filter(span -> span.getName().equals("order")).findFirst().get();
        var stepped =
                all.stream().filter(span -> span.getName().equals("order.terminal")).findFirst();
        assertThat(names(inbox, order))
                .contains("order.check", "order.record", "order.publish", "order.deliver");
        assertThat(stepped).isPresent();
        assertThat(SpanInbox.attribute(stepped.get(), "node"))
                .isNotEqualTo(SpanInbox.attribute(whole, "node"));
        assertThat(all.stream().filter(span -> span != whole))
                .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()));
        print(all);
    }

    private static List<String> names(SpanInbox inbox, String subject) {
        return inbox.traceOf(subject).stream().map(Span::getName).toList();
    }

    /// As somebody would see it who looks for where the time went.
    private static void print(List<Span> all) {
        long began = all.getFirst().getStartTimeUnixNano();
        for (var span : all) {
            System.out.printf(
                    "%-20s %-20s at %8.2f ms took %8.2f ms%n",
                    span.getName(),
                    SpanInbox.attribute(span, "node"),
                    (span.getStartTimeUnixNano() - began) / 1e6,
                    nanos(span) / 1e6);
        }
    }

    private static long nanos(Span span) {
        return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as("it never came to hold").isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private Somebody arrive(
            Nodes nodes, int index, String account, Device device, VoiceTerminals fleet)
            throws IOException {
        var door = new NodeDoor(nodes.node(index).uri());
        open.add(door);
        var told = new LinkedBlockingQueue<ServerMessage>();
        var token = door.signIn(account, nodes.password());
        var handheld =
                Handheld.arrive(door, account, token, device, (message, _) -> told.add(message));
        open.add(handheld);
        handheld.openMedia(fleet);
        return new Somebody(handheld, told);
    }
}
