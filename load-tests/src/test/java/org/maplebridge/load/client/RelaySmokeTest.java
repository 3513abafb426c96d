package org.maplebridge.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.maplebridge.load.client.pattern.MediaPattern;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.load.client.pattern.VoicePattern;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.media.srtp.SrtpProfile;

/// Real sockets on loopback: a terminal publishes, others receive every packet and can open it.
class RelaySmokeTest {
    private static final int RECEIVERS = 6;
    private static final int ENOUGH_PACKETS = 40;

    private final CountDownLatch slotsStarted = new CountDownLatch(RECEIVERS);

    @ParameterizedTest(name = "{0}")
    @EnumSource(SrtpProfile.class)
    void everyReceiverOpensEveryPacketOfTheCamera(SrtpProfile profile) throws Exception {
        assertThat(window(relay(1, true), new VideoPattern(500_000, 30, 1), profile))
                .satisfies(RelaySmokeTest::isWhole);
    }

    @Test
    void voiceGoesTheSameWay() throws Exception {
        assertThat(window(relay(1, true), new VoicePattern(1), SrtpProfile.AEAD_AES_128_GCM))
                .satisfies(RelaySmokeTest::isWhole);
    }

    @Test
    void nothingIsLostWhereOnlyNettyCanSend() throws Exception {
        var video = new VideoPattern(500_000, 30, 1);
        assertThat(window(relay(1, false), video, SrtpProfile.AEAD_AES_128_GCM))
                .satisfies(RelaySmokeTest::isWhole);
    }

    @Test
    void anAudienceOnOtherLoopsThanTheCameraSeesTheSame() throws Exception {
        var video = new VideoPattern(500_000, 30, 1);
        assertThat(window(relay(3, true), video, SrtpProfile.AEAD_AES_128_GCM))
                .satisfies(RelaySmokeTest::isWhole);
    }

    @Test
    void afterAChangeOfAddressesThePictureGoesOnWithinASecond() throws Exception {
        var video = new VideoPattern(500_000, 30, 1);
        RelayNode relay = relay(3, true);
        try (relay;
                var fleet = fleet(relay, video, SrtpProfile.AEAD_AES_128_GCM)) {
            // Several times, so that somebody's new address belongs to another loop's socket.
            for (int i = 0; i < 3; i++) {
                fleet.move();
                fleet.startWindow();
                var window = fleet.awaitReceived(RECEIVERS * 10, TimeUnit.SECONDS.toNanos(5));
                assertThat(window.silent()).isZero();
                assertThat(window.unopened()).isZero();
            }
            for (int i = 0; i < RECEIVERS; i++) {
                var stats = relay.legStats(new LegId("viewer" + i)).get(5, TimeUnit.SECONDS);
                assertThat(stats.handshakes()).isEqualTo(1);
            }
        }
    }

    @Test
    void aRelayThatStopsSaysGoodbye() throws Exception {
        RelayNode relay = relay(2, true);
        try (relay;
                var fleet = fleet(relay, new VoicePattern(1), SrtpProfile.AEAD_AES_128_GCM)) {
            relay.close();
            assertThat(fleet.awaitLost(RECEIVERS + 1, TimeUnit.SECONDS.toNanos(5))).isTrue();
        }
    }

    private static void isWhole(Fleet.Window window) {
        assertThat(window.received()).isGreaterThanOrEqualTo(RECEIVERS * ENOUGH_PACKETS);
        assertThat(window.missing()).isZero();
        assertThat(window.unopened()).isZero();
        assertThat(window.silent()).isZero();
    }

    private RelayNode relay(int loops, boolean batchSend) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        var addresses = List.of(new LocalAddress(loopback, loopback));
        return RelayNode.start(
                new RelayConfig(0, addresses, loops, 100, batchSend),
                event -> {
                    if (event instanceof RelayEvent.SlotStarted) {
                        slotsStarted.countDown();
                    }
                });
    }

    private Fleet.Window window(RelayNode relay, MediaPattern pattern, SrtpProfile profile)
            throws Exception {
        try (relay;
                var fleet = fleet(relay, pattern, profile)) {
            fleet.startWindow();
            return fleet.awaitReceived(RECEIVERS * ENOUGH_PACKETS, TimeUnit.SECONDS.toNanos(20));
        }
    }

    private Fleet fleet(RelayNode relay, MediaPattern pattern, SrtpProfile profile)
            throws Exception {
        boolean video = pattern instanceof VideoPattern;
        var fleet = new Fleet(new DirectDoor(relay), "car", video, List.of(profile), true);
        fleet.publish(pattern);
        fleet.growTo(RECEIVERS);
        assertThat(slotsStarted.await(20, TimeUnit.SECONDS)).as("all slots started").isTrue();
        return fleet;
    }

    /// Straight into the relay, each leg with an affinity of its own, so that loops are mixed.
    private record DirectDoor(RelayNode relay) implements Door {
        private static final String MID = "0";

        @Override
        public String publish(String leg, String source, String offer) {
            return open(leg, offer, Map.of(MID, new SourceId(source)));
        }

        @Override
        public String play(String leg, String source, String offer) {
            String answer = open(leg, offer, Map.of());
            relay.attach(new LegId(leg), MID, new SourceId(source));
            return answer;
        }

        @Override
        public void leave(String leg) {
            relay.close(new LegId(leg));
        }

        private String open(String leg, String offer, Map<String, SourceId> publishes) {
            var plan = new LegPlan(leg, publishes, Map.of());
            return switch (relay.open(new LegId(leg), offer, plan)) {
                case Negotiation.Accepted(String answer, boolean _) -> answer;
                case Negotiation.Refused refused -> throw new AssertionError(refused.toString());
            };
        }
    }
}
