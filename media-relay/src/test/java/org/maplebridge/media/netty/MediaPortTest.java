package org.maplebridge.media.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.syscall.SendmmsgProbe;
import org.maplebridge.media.syscall.SendmmsgSender;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Real sockets on loopback.
class MediaPortTest {
    private static final List<LocalAddress> LOOPBACKS =
            List.of(LocalAddress.parse("127.0.0.1"), LocalAddress.parse("::1"));

    private final MultiThreadIoEventLoopGroup group = SocketKind.best().newGroup(2);
    private final List<EventLoop> loops = List.of(group.next(), group.next());
    private final LinkedBlockingQueue<Integer> receivedByLoop = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void bindsOneNumberOnEveryAddress() throws IOException {
        try (MediaPort port = open(0, SocketKind.best(), loops)) {
            assertThat(port.number()).isPositive();
            assertThat(port.bound())
                    .containsExactly(
                            new InetSocketAddress("127.0.0.1", port.number()),
                            new InetSocketAddress("::1", port.number()));
        }
    }

    @Test
    void tellsOfTcpWhereItListensForIt() throws IOException {
        var natted = List.of(LocalAddress.parse("203.0.113.5=127.0.0.1"));
        try (var port = open(new RelayConfig(0, natted, 2, 10, true))) {
            assertThat(port.advertisedByTcp())
                    .containsExactly(new InetSocketAddress("203.0.113.5", port.number()))
                    .isEqualTo(port.advertised());
        }
        try (var port = open(new RelayConfig(0, natted, 2, 10, true, false))) {
            assertThat(port.advertisedByTcp()).isEmpty();
        }
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var port = open(new RelayConfig(taken.getLocalPort(), LOOPBACKS, 2, 10, true))) {
            assertThat(port.advertised()).hasSize(2);
            assertThat(port.advertisedByTcp())
                    .containsExactly(new InetSocketAddress("::1", port.number()));
        }
    }

    @Test
    void refusesAPortSomebodyElseHas() throws IOException {
        try (var other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> open(other.getLocalPort(), SocketKind.best(), loops))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageContaining(String.valueOf(other.getLocalPort()));
        }
        try (MediaPort first = open(0, SocketKind.best(), loops)) {
            assertThatThrownBy(() -> open(first.number(), SocketKind.best(), loops))
                    .as("a second node of ours, which shares ports among its own loops")
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void sharesReceivingAmongLoopsAndLosesNothingToSendOnlySockets(String host)
            throws IOException, InterruptedException {
        assumeTrue(SendmmsgProbe.run() != SendmmsgProbe.Finding.UNUSABLE, "no sendmmsg here");
        try (MediaPort port = open(0, SocketKind.best(), loops)) {
            assertThat(port.steerToReceivers()).isTrue();
            try (var first = SendmmsgSender.open(port.bound(), true, _ -> {});
                    var second = SendmmsgSender.open(port.bound(), true, _ -> {})) {
                assertThat(first).isNotSameAs(second);
                var seen = new HashSet<Integer>();
                for (int i = 0; i < 100; i++) {
                    seen.add(loopThatGetsADatagramOf(host, port.number()));
                }
                assertThat(seen).containsExactlyInAnyOrder(0, 1);
            }
        }
    }

    private int loopThatGetsADatagramOf(String host, int port)
            throws IOException, InterruptedException {
        try (var stranger = new DatagramSocket(0, InetAddress.getByName(host))) {
            stranger.send(
                    new java.net.DatagramPacket(new byte[1], 1, new InetSocketAddress(host, port)));
        }
        Integer loop = receivedByLoop.poll(5, TimeUnit.SECONDS);
        assertThat(loop).as("a datagram was lost").isNotNull();
        return loop;
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(SocketKind.class)
    void sendsThroughTheReceivingSocketsWhereNothingFasterIs(SocketKind kind) throws Exception {
        assumeTrue(kind == SocketKind.NIO || SocketKind.best() == kind, "no epoll here");
        MultiThreadIoEventLoopGroup own = kind.newGroup(1);
        var refused = new AtomicInteger();
        try (MediaPort port = open(0, kind, List.of(own.next()));
                var ann = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                var bob = new DatagramSocket(0, InetAddress.getByName("::1"))) {
            var sender = new NettySender(port.channelsOf(0), refused::addAndGet);
            var batch = new OutboundBatch(8, sender);
            List<DatagramSocket> peers = List.of(ann, bob);
            port.channelsOf(0).getFirst().eventLoop().submit(() -> fill(batch, peers)).get();
            for (DatagramSocket peer : peers) {
                peer.setSoTimeout(5_000);
                var lengths = new ArrayList<Integer>();
                for (int i = 0; i < 10; i++) {
                    var packet = new java.net.DatagramPacket(new byte[2_000], 2_000);
                    peer.receive(packet);
                    assertThat(packet.getPort()).isEqualTo(port.number());
                    lengths.add((int) packet.getData()[0] * 10_000 + packet.getLength());
                }
                assertThat(lengths).isSorted().hasSize(10);
            }
            assertThat(refused).hasValue(0);
        } finally {
            own.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static void fill(OutboundBatch batch, List<DatagramSocket> peers) {
        for (int i = 0; i < 20; i++) {
            int local = i % 2;
            var remote = (InetSocketAddress) peers.get(local).getLocalSocketAddress();
            batch.memory().set(ValueLayout.JAVA_BYTE, batch.claim(), (byte) i);
            batch.commit(new PeerPath(local, remote), 100 + i);
        }
        batch.flush();
    }

    private MediaPort open(int number, SocketKind kind, List<EventLoop> on) throws IOException {
        return open(new RelayConfig(number, LOOPBACKS, on.size(), 10, true), kind, on);
    }

    private MediaPort open(RelayConfig config) throws IOException {
        return open(config, SocketKind.best(), loops);
    }

    private MediaPort open(RelayConfig config, SocketKind kind, List<EventLoop> on)
            throws IOException {
        return MediaPort.open(config, kind, on, (loop, _) -> new Recorder(loop));
    }

    private final class Recorder extends SimpleChannelInboundHandler<DatagramPacket> {
        private final int loop;

        Recorder(int loop) {
            this.loop = loop;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            receivedByLoop.add(loop);
        }
    }
}
