package org.maplebridge.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.media.srtp.SrtpProfile;

/// Real sockets on loopback: a terminal publishes at one node, others receive every packet at
/// another one, and the link between them carries each once.
class LinkSmokeTest {
    private static final int RECEIVERS = 6;
    private static final int ENOUGH_PACKETS = 40;
    private static final byte[] SECRET = "sixteen bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final LegId LINK = new LegId("link");

    private final CountDownLatch connected = new CountDownLatch(2);
    private final CountDownLatch slotsStarted = new CountDownLatch(RECEIVERS);

    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 3})
    void everyReceiverOfTheOtherNodeOpensEveryPacket(int loops) throws Exception {
        var video = new VideoPattern(500_000, 30, 1);
        RelayNode here = relay(loops);
        RelayNode there = relay(loops);
        try (here;
                there;
                var fleet = new Fleet(new Doors(here, there), "car", true, profiles(), true)) {
            link(here, there);
            fleet.publish(video);
            fleet.growTo(RECEIVERS);
            assertThat(slotsStarted.await(20, TimeUnit.SECONDS)).as("all slots").isTrue();
            fleet.startWindow();
            long patience = TimeUnit.SECONDS.toNanos(20);
            var window = fleet.awaitReceived(RECEIVERS * ENOUGH_PACKETS, patience);

            assertThat(window.received()).isGreaterThanOrEqualTo(RECEIVERS * ENOUGH_PACKETS);
            assertThat(window.missing()).isZero();
            assertThat(window.unopened()).isZero();
            assertThat(window.silent()).isZero();
            var source = there.sourceStats(new SourceId("far")).get(5, TimeUnit.SECONDS);
            var slot = here.legStats(LINK).get(5, TimeUnit.SECONDS).slots().getFirst();
            assertThat(source.viewers()).isEqualTo(RECEIVERS);
            assertThat(source.lost()).isZero();
            assertThat(slot.packets() - source.packets()).isBetween(0L, 20L);
        }
    }

    private static List<SrtpProfile> profiles() {
        return List.of(SrtpProfile.AEAD_AES_128_GCM);
    }

    private void link(RelayNode here, RelayNode there) throws InterruptedException {
        LinkEnd ours = here.linkEnd();
        LinkEnd theirs = there.linkEnd();
        var plan = new LinkPlan("link", 32, 96, Map.of("v0", new SourceId("far")));
        assertThat(here.openLink(LINK, ours, theirs, SECRET, plan)).isTrue();
        assertThat(there.openLink(LINK, theirs, ours, SECRET, plan)).isTrue();
        assertThat(here.openLink(LINK, ours, theirs, SECRET, plan)).as("used up").isFalse();
        assertThat(connected.await(20, TimeUnit.SECONDS)).as("connected").isTrue();
        here.attach(LINK, "v0", new SourceId("car"));
    }

    private RelayNode relay(int loops) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var addresses = List.of(new LocalAddress(loopback, loopback));
        return RelayNode.start(
                new RelayConfig(0, addresses, loops, 100, true),
                event -> {
                    switch (event) {
                        case RelayEvent.LegConnected(LegId leg, String _) when leg.equals(LINK) ->
                                connected.countDown();
                        case RelayEvent.SlotStarted(LegId leg, String _, SourceId _)
                                when !leg.equals(LINK) ->
                                slotsStarted.countDown();
                        default -> {}
                    }
                });
    }

    /// The camera goes to one node, its viewers to the other, all with affinities of their own.
    private record Doors(RelayNode here, RelayNode there) implements Door {
        private static final String MID = "0";

        @Override
        public String publish(String leg, String source, String offer) {
            return open(here, leg, offer, Map.of(MID, new SourceId(source)));
        }

        @Override
        public String play(String leg, String source, String offer) {
            String answer = open(there, leg, offer, Map.of());
            there.attach(new LegId(leg), MID, new SourceId("far"));
            return answer;
        }

        @Override
        public void leave(String leg) {
            here.close(new LegId(leg));
            there.close(new LegId(leg));
        }

        private static String open(
                RelayNode node, String leg, String offer, Map<String, SourceId> publishes) {
            var plan = new LegPlan(leg, publishes, Map.of());
            return switch (node.open(new LegId(leg), offer, plan)) {
                case Negotiation.Accepted(String answer, boolean _) -> answer;
                case Negotiation.Refused refused -> throw new AssertionError(refused.toString());
            };
        }
    }
}
