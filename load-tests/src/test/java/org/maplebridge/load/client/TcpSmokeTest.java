package org.maplebridge.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.media.tcp.TcpLoss;

/// Real checks, handshakes and media through TCP connections: a camera and its audience that can
/// send no UDP to the relay.
class TcpSmokeTest {
    private static final int RECEIVERS = 4;
    private static final int ENOUGH_PACKETS = 100;

    private final CountDownLatch slotsStarted = new CountDownLatch(RECEIVERS);

    @ParameterizedTest(name = "{0} loop(s)")
    @ValueSource(ints = {1, 3})
    void everyReceiverOpensEveryPacketOfTheCamera(int loops) throws Exception {
        var profiles = List.of(SrtpProfile.AEAD_AES_128_GCM);
        try (RelayNode relay = relay(0, loops);
                var door = new TcpDoor(relay);
                var fleet = new Fleet(door, "car", true, profiles, true)) {
            fleet.publish(new VideoPattern(1_000_000, 30, 1));
            fleet.growTo(RECEIVERS);
            assertThat(slotsStarted.await(20, TimeUnit.SECONDS)).as("all slots started").isTrue();
            fleet.startWindow();
            Fleet.Window window =
                    fleet.awaitReceived(RECEIVERS * ENOUGH_PACKETS, TimeUnit.SECONDS.toNanos(20));
            assertThat(window.received()).isGreaterThanOrEqualTo(RECEIVERS * ENOUGH_PACKETS);
            assertThat(window.missing()).isZero();
            assertThat(window.unopened()).isZero();
            assertThat(window.silent()).isZero();

            for (var tunnel : door.tunnels.entrySet()) {
                LegStats leg = relay.legStats(tunnel.getKey()).get(5, TimeUnit.SECONDS);
                assertThat(leg.tcp()).isTrue();
                assertThat(leg.remoteAddress())
                        .isEqualTo("127.0.0.1:" + tunnel.getValue().outerPort());
                assertThat(leg.handshakes()).isEqualTo(1);
            }
            assertThat(relay.metrics().tcp().proved()).isEqualTo(RECEIVERS + 1);
            for (TcpLoss reason : TcpLoss.values()) {
                assertThat(relay.metrics().tcp().dropped(reason)).as(reason.name()).isZero();
            }
            relay.close();
            assertThat(fleet.awaitLost(RECEIVERS + 1, TimeUnit.SECONDS.toNanos(5)))
                    .as("the goodbye arrives")
                    .isTrue();
        }
    }

    @Test
    void whereTheTcpPortIsTakenTheAnswerHasUdpAlone() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RelayNode relay = relay(other.getLocalPort(), 1)) {
            var door = new TcpDoor(relay);
            var certificate = DtlsCertificate.generate().fingerprint();
            var ice = IceCredentials.random(new SecureRandom());
            String offer = new ClientOffer(ice, certificate, true, false, 7, true).text();
            assertThat(door.open("player", offer, Map.of()))
                    .contains(" udp ")
                    .doesNotContain(" tcp ");
        }
    }

    private RelayNode relay(int port, int loops) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return RelayNode.start(
                new RelayConfig(
                        port, List.of(new LocalAddress(loopback, loopback)), loops, 100, true),
                event -> {
                    if (event instanceof RelayEvent.SlotStarted) {
                        slotsStarted.countDown();
                    }
                });
    }

    /// Into the relay by the answer's TCP candidate, one connection for each leg.
    private static final class TcpDoor implements Door, AutoCloseable {
        private static final String MID = "0";

        final Map<LegId, FrameTunnel> tunnels = new HashMap<>();
        private final RelayNode relay;

        TcpDoor(RelayNode relay) {
            this.relay = relay;
        }

        @Override
        public String publish(String leg, String source, String offer) throws IOException {
            return byTcp(leg, open(leg, offer, Map.of(MID, new SourceId(source))));
        }

        @Override
        public String play(String leg, String source, String offer) throws IOException {
            String answer = byTcp(leg, open(leg, offer, Map.of()));
            relay.attach(new LegId(leg), MID, new SourceId(source));
            return answer;
        }

        @Override
        public void leave(String leg) {
            relay.close(new LegId(leg));
        }

        String open(String leg, String offer, Map<String, SourceId> publishes) {
            var plan = new LegPlan(leg, publishes, Map.of());
            return switch (relay.open(new LegId(leg), offer, plan)) {
                case Negotiation.Accepted(String answer, boolean _) -> answer;
                case Negotiation.Refused refused -> throw new AssertionError(refused.toString());
            };
        }

        private String byTcp(String leg, String answer) throws IOException {
            String[] candidate =
                    answer.lines()
                            .filter(line -> line.endsWith(" typ host tcptype passive"))
                            .findFirst()
                            .orElseThrow()
                            .split(" ", -1);
            var tunnel =
                    new FrameTunnel(
                            new InetSocketAddress(candidate[4], Integer.parseInt(candidate[5])));
            tunnels.put(new LegId(leg), tunnel);
            return answer.replaceAll(
                    "(a=candidate:\\d+ 1 udp \\d+ \\S+) \\d+", "$1 " + tunnel.port());
        }

        @Override
        public void close() {
            tunnels.values().forEach(FrameTunnel::close);
        }
    }
}
