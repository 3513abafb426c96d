package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.protocol.MediationNews.MediationState;
import org.maplebridge.signaling.trace.otlp.TraceCollector;

/// A party's join is traced like anybody's, and nothing of them leaves with it.
class TracedTableTest {
    @TempDir Path folder;

    @Test
    void aPartyComesToTheTable() {
        try (var collector = new TraceCollector();
                var node =
                        TestNode.on(
                                folder, "--maplebridge.traces.endpoint=" + collector.endpoint());
                var party = new Guests(node, Map.of()).guest("p2")) {
            party.await(MediationState.class);
            party.withMedia();
            var session = party.welcome().session();
            var leg = node.relay().legOf("table." + session);
            node.relay().say(new RelayEvent.LegReached(leg));
            node.relay().say(new RelayEvent.LegConnected(leg, "192.0.2.7:9"));
            Eventually.holds(() -> !collector.traceOf(session).isEmpty());

            var join = collector.traceOf(session).getFirst();
            assertThat(join.getName()).isEqualTo("join");
            assertThat(TraceCollector.attribute(join, "client")).isEqualTo("table");
            assertThat(TraceCollector.attribute(join, "outcome")).isEqualTo("connected");
            assertThat(collector.traceOf(session))
                    .extracting(span -> span.getName())
                    .contains("join.answer", "join.ice", "join.dtls");
            assertThat(collector.everything())
                    .doesNotContain("张某", "13800000001", "采光", "192.0.2.7", "mediator");
        }
    }
}
