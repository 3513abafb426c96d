package org.maplebridge.signaling.trace.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.trace.Span;
import org.maplebridge.signaling.trace.TraceIds;
import org.slf4j.LoggerFactory;

/// A collector that is there, away, or silent.
class OtlpSpansTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(OtlpSpans.class);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        LOG.addAppender(log);
    }

    @AfterEach
    void deaf() {
        LOG.detachAppender(log);
    }

    @Test
    void whatIsTakenComesAsItWas() {
        try (var collector = new TraceCollector();
                var spans = new OtlpSpans(URI.create(collector.endpoint()), "node-1")) {
            spans.take(List.of(span(7, true)));
            Eventually.holds(() -> spans.sent() == 1);
            var came = collector.traceOf("s-1").getFirst();
            assertThat(came.getName()).isEqualTo("join.ice");
            assertThat(came.getStartTimeUnixNano()).isEqualTo(7);
            assertThat(came.getEndTimeUnixNano()).isEqualTo(1_007);
            assertThat(came.getStatus().getCodeValue()).isEqualTo(2);
            assertThat(came.getParentSpanId().toByteArray()).hasSize(8);
            assertThat(TraceCollector.attribute(came, "node")).isEqualTo("node-1");
            assertThat(collector.everything()).contains("service.name").contains("maplebridge");
            assertThat(spans.dropped()).isZero();
        }
    }

    @Test
    void aCollectorThatIsAwayCostsACountAndOneLineInTheLog() throws IOException {
        try (var spans = new OtlpSpans(URI.create(nobody()), "node-1")) {
            for (int i = 1; i <= 3; i++) {
                int more = i;
                spans.take(List.of(span(i, false)));
                Eventually.holds(() -> spans.dropped() == more);
            }
            assertThat(spans.sent()).isZero();
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .contains("/v1/traces (ConnectException)")
                    .contains("Does a collector listen there");
        }
    }

    @Test
    void aCollectorThatSaysNothingIsNotWaitedForAndRoomIsBounded() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var spans =
                        new OtlpSpans(
                                URI.create(
                                        "http://127.0.0.1:" + silent.getLocalPort() + "/v1/traces"),
                                "node-1")) {
            int all = 100_000;
            long began = System.nanoTime();
            for (int i = 0; i < all; i++) {
                spans.take(List.of(span(i, false)));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(OtlpSpans.ANSWER);
            // One batch is on its way; all else waits in its room, or is given up.
            assertThat(spans.dropped()).isBetween((long) all - 3 * OtlpSpans.ROOM, (long) all);
        }
    }

    private static String nobody() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + closed.getLocalPort() + "/v1/traces";
        }
    }

    private static Span span(long start, boolean failed) {
        return new Span(
                TraceIds.trace("s-1"),
                "00000000000000ab",
                TraceIds.root("s-1"),
                "join.ice",
                start,
                start + 1_000,
                Map.of("node", "node-1"),
                failed);
    }
}
