package org.maplebridge.media.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.syscall.SendmmsgProbe.Finding;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// Real sockets on loopback: what is sent as one message arrives as the datagrams of the batch.
class SendmmsgSenderTest {
    private static Finding finding = Finding.UNUSABLE;

    @BeforeAll
    static void onlyWhereTheKernelOffersIt() {
        finding = SendmmsgProbe.run();
        assumeTrue(finding != Finding.UNUSABLE, "no sendmmsg here");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void deliversEveryDatagramWholeAndInOrderToTheRightPeer(String host) throws IOException {
        try (var port = new SharedPort(host);
                var ann = peer(host);
                var bob = peer(host)) {
            var random = new SplittableRandom(1);
            var batch = new OutboundBatch(64, port.sender);
            var paths = List.of(path(ann), path(bob));
            var sent = List.of(new ArrayList<Integer>(), new ArrayList<Integer>());
            for (int i = 0; i < 300; i++) {
                int who = random.nextInt(8) == 0 ? 1 : 0;
                int length = random.nextInt(3) == 0 ? 1 + random.nextInt(1_400) : 1_200;
                long at = batch.claim();
                batch.memory().set(ValueLayout.JAVA_INT_UNALIGNED, at, i);
                batch.commit(paths.get(who), Math.max(length, 4));
                sent.get(who).add(i * 2_000 + Math.max(length, 4));
                if (i % 50 == 49) {
                    batch.flush();
                    assertThat(received(ann, sent.get(0).size())).isEqualTo(sent.get(0));
                    assertThat(received(bob, sent.get(1).size())).isEqualTo(sent.get(1));
                    sent.forEach(List::clear);
                }
            }
            assertThat(port.refused).hasValue(0);
        }
    }

    @Test
    void leavesAllDatagramsToTheReceivingSocket() throws IOException {
        try (var port = new SharedPort("127.0.0.1")) {
            int seen = 0;
            for (int i = 0; i < 200; i++) {
                try (var stranger = peer("127.0.0.1")) {
                    stranger.send(
                            new DatagramPacket(
                                    new byte[10], 10, port.receiver.getLocalSocketAddress()));
                }
                port.receiver.receive(new DatagramPacket(new byte[10], 10));
                seen++;
            }
            assertThat(seen).isEqualTo(200);
        }
    }

    @Test
    void countsWhatTheKernelRefusesAndSendsTheRest() throws IOException {
        try (var port = new SharedPort("127.0.0.1");
                var ann = peer("127.0.0.1")) {
            var batch = new OutboundBatch(8, port.sender);
            // From a loopback address nothing may leave for a broadcast or unroutable one.
            var nowhere = new PeerPath(0, new InetSocketAddress("255.255.255.255", 9));
            for (var to : List.of(nowhere, nowhere, path(ann), nowhere, path(ann))) {
                batch.memory().set(ValueLayout.JAVA_INT_UNALIGNED, batch.claim(), 7);
                batch.commit(to, 100);
            }
            batch.flush();
            assertThat(received(ann, 2)).containsExactly(14_100, 14_100);
            assertThat(port.refused).hasValue(3);
        }
    }

    private static List<Integer> received(DatagramSocket peer, int count) throws IOException {
        var got = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            var packet = new DatagramPacket(new byte[2_000], 2_000);
            peer.receive(packet);
            int number = ByteBuffer.wrap(packet.getData()).order(ByteOrder.nativeOrder()).getInt();
            got.add(number * 2_000 + packet.getLength());
        }
        return got;
    }

    private static DatagramSocket peer(String host) throws IOException {
        var socket = new DatagramSocket(0, InetAddress.getByName(host));
        socket.setSoTimeout(2_000);
        return socket;
    }

    private static PeerPath path(DatagramSocket peer) {
        return new PeerPath(0, (InetSocketAddress) peer.getLocalSocketAddress());
    }

    /// A port with one receiver and a sender beside it.
    private static final class SharedPort implements AutoCloseable {
        final AtomicInteger refused = new AtomicInteger();
        final DatagramSocket receiver;
        final SendmmsgSender sender;

        SharedPort(String host) throws IOException {
            receiver = DatagramChannel.open(family(host)).socket();
            receiver.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            receiver.bind(new InetSocketAddress(host, 0));
            receiver.setSoTimeout(2_000);
            sender =
                    SendmmsgSender.open(
                            List.of((InetSocketAddress) receiver.getLocalSocketAddress()),
                            finding == Finding.SEGMENTS,
                            refused::addAndGet);
            assertThat(sender.steerToReceivers(host.contains(":"))).isTrue();
        }

        private static ProtocolFamily family(String host) {
            return host.contains(":") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
        }

        @Override
        public void close() {
            sender.close();
            receiver.close();
        }
    }
}
