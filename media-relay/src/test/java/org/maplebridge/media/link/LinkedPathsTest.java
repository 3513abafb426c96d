package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvent.LegConnected;
import org.maplebridge.media.api.RelayEvent.LegLost;
import org.maplebridge.media.api.RelayEvent.LegMoved;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// How two nodes find each other, stay together, and notice that they lost each other.
class LinkedPathsTest {
    private static final Weather CUT = new Weather(MILLI, 0, 1, 0, 0, 0);
    private static final InetSocketAddress BEHIND_NAT =
            new InetSocketAddress("203.0.113.7", 40_001);
    private static final InetSocketAddress LATER = new InetSocketAddress("203.0.113.7", 40_222);

    private final TwoNodes nodes = new TwoNodes(11);

    @Test
    void bothAreConnectedWithinHalfASecond() {
        nodes.a.open(nodes.b.told(), TwoNodes.SECRET);
        nodes.b.open(nodes.a.told(), TwoNodes.SECRET);
        nodes.run(500 * MILLI);

        assertThat(nodes.a.events(LegConnected.class))
                .containsExactly(new LegConnected(TwoNodes.LINK, "198.51.100.2:5000"));
        assertThat(nodes.b.events(LegConnected.class))
                .containsExactly(new LegConnected(TwoNodes.LINK, "192.0.2.1:5000"));
        var stats =
                Objects.requireNonNull(nodes.a.stage.relay().legStats(TwoNodes.LINK, nodes.now()));
        assertThat(stats.state()).isEqualTo("connected");
        assertThat(stats.srtpProfile()).isEqualTo("AEAD_AES_128_GCM");
        assertThat(stats.slots()).hasSize(TwoNodes.PICTURES + TwoNodes.VOICES);
    }

    @Test
    void oneMayOpenSecondsLater() {
        nodes.a.open(nodes.b.told(), TwoNodes.SECRET);
        nodes.run(8 * SECOND);
        nodes.b.open(nodes.a.told(), TwoNodes.SECRET);
        nodes.run(500 * MILLI);

        assertThat(nodes.a.connected()).isTrue();
        assertThat(nodes.b.connected()).isTrue();
    }

    @Test
    void nobodyAtTheOtherEndIsToldAfterTenSeconds() {
        nodes.a.open(nodes.b.told(), TwoNodes.SECRET);
        nodes.run(11 * SECOND);

        assertThat(nodes.a.events(LegLost.class))
                .containsExactly(new LegLost(TwoNodes.LINK, "handshake-timeout"));
        assertThat(nodes.a.stage.relay().legs()).isZero();
        assertThat(nodes.a.stage.relay().lines()).isZero();
    }

    @Test
    void oneThatReachesTheOtherIsEnough() {
        behindNat();
        nodes.connect();

        assertThat(nodes.b.events(LegConnected.class))
                .containsExactly(new LegConnected(TwoNodes.LINK, "203.0.113.7:40001"));
        var viewer = pictureFromAToB();
        nodes.run(2 * SECOND);
        assertThat(viewer.stream(0x5107).holes()).isEmpty();
        assertThat(viewer.stream(0x5107).shown()).hasSizeGreaterThan(55);
    }

    /// B knows no address of A that is of use.
    private void behindNat() {
        nodes.a.reachable = false;
        nodes.a.seen = BEHIND_NAT;
    }

    @Test
    void aChangeOfTheAddressIsFollowedAndLosesLittle() {
        behindNat();
        nodes.connect();
        var viewer = pictureFromAToB();
        nodes.run(3 * SECOND);
        nodes.a.seen = LATER;
        nodes.run(3 * SECOND);

        assertThat(nodes.b.events(LegMoved.class))
                .containsExactly(new LegMoved(TwoNodes.LINK, "203.0.113.7:40222"));
        assertThat(nodes.a.events(LegMoved.class)).isEmpty();
        assertThat(nodes.b.events(LegLost.class)).isEmpty();
        ReceivedStream stream = viewer.stream(0x5107);
        assertThat(stream.stepsBack()).isEmpty();
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.shown()).hasSizeGreaterThan(170);
    }

    @Test
    void noPacketWithinFiveSecondsIsTheEndAndTheLinkOpensAgain() {
        nodes.connect();
        var viewer = pictureFromAToB();
        nodes.run(SECOND);
        nodes.weather(CUT);
        nodes.run(4_500 * MILLI);
        assertThat(nodes.a.events(LegLost.class)).isEmpty();
        nodes.run(1_500 * MILLI);

        for (TwoNodes.Node node : new TwoNodes.Node[] {nodes.a, nodes.b}) {
            assertThat(node.events(LegLost.class))
                    .containsExactly(new LegLost(TwoNodes.LINK, "consent-expired"));
        }
        nodes.weather(Weather.CALM);
        nodes.freshEnds();
        nodes.connect();
        nodes.a.attach("v0", "camera");
        int before = viewer.stream(0x5107).shown().size();
        nodes.run(2 * SECOND);

        ReceivedStream stream = viewer.stream(0x5107);
        assertThat(stream.shown()).hasSizeGreaterThan(before + 50);
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
    }

    @Test
    void shortSilenceIsNoLoss() {
        nodes.connect();
        nodes.run(2 * SECOND);
        nodes.weather(CUT);
        nodes.run(3 * SECOND);
        nodes.weather(Weather.CALM);
        nodes.run(10 * SECOND);

        assertThat(nodes.a.events(LegLost.class)).isEmpty();
        assertThat(nodes.b.events(LegLost.class)).isEmpty();
        assertThat(nodes.a.events(LegMoved.class)).isEmpty();
    }

    @Test
    void aLinkOverABadNetworkLasts() {
        nodes.connect();
        nodes.weather(Weather.storm(0.2));
        nodes.run(600 * SECOND);

        assertThat(nodes.a.events(LegLost.class)).isEmpty();
        assertThat(nodes.b.events(LegLost.class)).isEmpty();
    }

    @Test
    void anotherSecretNeverConnects() {
        byte[] foreign = TwoNodes.SECRET.clone();
        foreign[0] ^= 1;
        nodes.a.open(nodes.b.told(), foreign);
        nodes.b.open(nodes.a.told(), TwoNodes.SECRET);
        nodes.run(11 * SECOND);

        assertThat(nodes.a.connected()).isFalse();
        assertThat(nodes.b.connected()).isFalse();
        assertThat(nodes.a.events(LegLost.class)).hasSize(1);
        assertThat(nodes.b.events(LegLost.class)).hasSize(1);
        assertThat(nodes.b.arrived).isNotEmpty();
        assertThat(nodes.b.stage.events).noneMatch(event -> event instanceof RelayEvent.LegMoved);
    }

    @Test
    void closingOneEndIsNoticedByTheOther() {
        nodes.connect();
        nodes.a.stage.relay().close(TwoNodes.LINK, nodes.now(), nodes.a.stage.out(0));
        nodes.run(6 * SECOND);

        assertThat(nodes.a.events(LegLost.class)).isEmpty();
        assertThat(nodes.b.events(LegLost.class)).hasSize(1);
        assertThat(nodes.a.stage.relay().lines()).isZero();
        assertThat(nodes.b.stage.relay().lines()).isZero();
    }

    private Stage.Peer pictureFromAToB() {
        var peer =
                nodes.a.stage.open(
                        "car",
                        0,
                        Weather.CALM,
                        Map.of("0", "camera"),
                        Sections.sending("0", MediaKind.VIDEO, 11, 12, Sections.vp8(96, 97)));
        peer.connect();
        peer.publishing(new SimulatedPublisher(true, 1, 11, 12, 65_000, 9_000));
        nodes.a.attach("v0", "camera");
        var viewer =
                nodes.b.stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, 0x5107, 0x5108, Sections.vp8(96, 97)));
        viewer.connect();
        viewer.attach("v", "far-v0");
        return viewer;
    }
}
