package org.maplebridge.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.load.client.pattern.VideoPattern;
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

    /// By which the links were proved.
    private final List<String> paths = new CopyOnWriteArrayList<>();

    private final CountDownLatch slotsStarted = new CountDownLatch(RECEIVERS);

    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 3})
    void everyReceiverOfTheOtherNodeOpensEveryPacket(int loops) throws Exception {
        RelayNode here = relay(loops);
        RelayNode there = relay(loops);
        try (here;
                there) {
            link(here, there, here.linkEnd(), there.linkEnd());
            everyPacketArrives(here, there);
        }
    }

    /// The node behind the translator reaches the other one, and nobody reaches it before.
    @Test
    void itIsEnoughThatOneReachesTheOther() throws Exception {
        RelayNode here = relay(1);
        RelayNode there = relay(1);
        LinkEnd theirs = there.linkEnd();
        LinkEnd ours = here.linkEnd();
        try (here;
                there;
                var nat = OneWayNat.to(theirs.addresses().getFirst())) {
            var nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
            var seenByThem = new Ends(ours, at(ours, nowhere));
            var seenByUs = new Ends(theirs, at(theirs, nat.inside()));
            link(here, there, seenByThem, seenByUs);
            everyPacketArrives(here, there);

            assertThat(nat.mapped()).isTrue();
            var mapped = ":" + nat.outside().getPort();
            assertThat(paths).anyMatch(path -> path.endsWith(mapped));
        }
    }

    private static LinkEnd at(LinkEnd end, InetSocketAddress address) {
        return new LinkEnd(end.fragment(), end.publicKey(), end.nonce(), List.of(address));
    }

    private void everyPacketArrives(RelayNode here, RelayNode there) throws Exception {
        var video = new VideoPattern(500_000, 30, 1);
        try (var fleet = new Fleet(new Doors(here, there), "car", true, profiles(), true)) {
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

    /// An end as its own node has it, and as the other one is told of it.
    private record Ends(LinkEnd own, LinkEnd told) {}

    private void link(RelayNode here, RelayNode there, LinkEnd ours, LinkEnd theirs)
            throws InterruptedException {
        link(here, there, new Ends(ours, ours), new Ends(theirs, theirs));
    }

    private void link(RelayNode here, RelayNode there, Ends ours, Ends theirs)
            throws InterruptedException {
        var plan = new LinkPlan("link", 32, 96, Map.of("v0", new SourceId("far")));
        assertThat(here.openLink(LINK, ours.own(), theirs.told(), SECRET, plan)).isTrue();
        assertThat(there.openLink(LINK, theirs.own(), ours.told(), SECRET, plan)).isTrue();
        assertThat(here.openLink(LINK, ours.own(), theirs.told(), SECRET, plan))
                .as("used up")
                .isFalse();
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
                        case RelayEvent.LegConnected(LegId leg, String path)
                                when leg.equals(LINK) -> {
                            paths.add(path);
                            connected.countDown();
                        }
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
