package org.maplebridge.media.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.tcp.FramedClient.framed;
import static org.maplebridge.media.tcp.FramedClient.stun;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegStats;

/// Real sockets on loopback; the media port is one that the test reads.
class TcpFrontTest {
    private static final byte[] CHECK = stun(0x0001, 96);
    private static final byte[] SUCCESS = stun(0x0101, 64);
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private DatagramSocket media;
    private InetSocketAddress address;
    private TcpFront front;

    @BeforeEach
    void start() throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) { // others of this machine use TCP, too
            media = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            media.setSoTimeout(10_000);
            address = (InetSocketAddress) media.getLocalSocketAddress();
            front = TcpFront.open(List.of(address), new TcpLimits(8, 6, 4, 3));
            if (front.listening().equals(List.of(address))) {
                return;
            }
            stop();
        }
        throw new AssertionError("no port");
    }

    @AfterEach
    void stop() {
        front.close();
        media.close();
    }

    @Test
    void framesBecomeDatagramsAndDatagramsFrames() throws IOException {
        try (var peer = FramedClient.to(address)) {
            InetSocketAddress seen = prove(peer);
            assertThat(seen.getAddress()).isEqualTo(address.getAddress());

            byte[] large = new byte[1_500];
            Arrays.fill(large, (byte) 0x80);
            peer.send(large);
            assertThat(receive().getData()).isEqualTo(large);
            send(seen, large);
            assertThat(peer.receive()).isEqualTo(large);
            assertThat(front.counters().connections()).isEqualTo(1);
            assertThat(front.counters().proved()).isEqualTo(1);
            assertThat(front.counters().datagramsReceived()).isEqualTo(2);
            assertThat(front.counters().datagramsSent()).isEqualTo(2);
        }
        awaitEnd(TcpEnd.LEFT, 1);
        assertThat(front.counters().connections()).isZero();
        assertThat(front.counters().proved()).isZero();
    }

    @Test
    void whereThePeerReallyIsStandsInTheStatistics() throws IOException {
        try (var peer = FramedClient.to(address)) {
            InetSocketAddress seen = prove(peer);
            LegStats told = front.named(leg("127.0.0.1:" + seen.getPort()));
            assertThat(told.tcp()).isTrue();
            assertThat(told.remoteAddress()).isEqualTo("127.0.0.1:" + peer.socket.getLocalPort());
            LegStats other = leg("192.0.2.1:" + seen.getPort());
            assertThat(front.named(other)).isSameAs(other);
        }
    }

    @Test
    void framesMayComeInPiecesAndManyInOne() throws IOException {
        try (var peer = FramedClient.to(address)) {
            for (byte one : framed(CHECK)) {
                peer.sendRaw(new byte[] {one});
            }
            InetSocketAddress seen = (InetSocketAddress) receive().getSocketAddress();
            send(seen, SUCCESS);
            assertThat(peer.receive()).isEqualTo(SUCCESS);

            var many = ByteBuffer.allocate(10_000);
            for (int i = 0; i < 50; i++) {
                many.put(framed(new byte[0])).put(framed(new byte[] {(byte) 0x80, (byte) i}));
            }
            peer.sendRaw(Arrays.copyOf(many.array(), many.position()));
            for (int i = 0; i < 50; i++) {
                assertThat(receive().getData()).isEqualTo(new byte[] {(byte) 0x80, (byte) i});
            }
            assertThat(front.counters().dropped(TcpLoss.EMPTY)).isEqualTo(50);
        }
    }

    @Test
    void whoIsNoPeerIsClosedAtOnce() throws IOException {
        try (var browser = FramedClient.to(address)) {
            browser.sendRaw("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20).getBytes("US-ASCII"));
            assertThat(browser.isClosed()).isTrue();
        }
        assertThat(front.counters().ended(TcpEnd.OVERSIZED)).as("'GE' is a length").isEqualTo(1);
        try (var stranger = FramedClient.to(address)) {
            stranger.send(new byte[100]);
            assertThat(stranger.isClosed()).isTrue();
        }
        assertThat(front.counters().ended(TcpEnd.NOT_STUN)).isEqualTo(1);
        awaitNone();
        assertNothingCame();
    }

    @Test
    void aFrameThatIsTooLongEndsWhoHasProvedItselfToo() throws IOException {
        try (var peer = FramedClient.to(address)) {
            prove(peer);
            peer.sendRaw(framed(new byte[1_501]));
            assertThat(peer.isClosed()).isTrue();
        }
        assertThat(front.counters().ended(TcpEnd.OVERSIZED)).isEqualTo(1);
    }

    @Test
    void halfAFrameAndGoneLeavesNothing() throws IOException {
        try (var peer = FramedClient.to(address)) {
            prove(peer);
            peer.sendRaw(Arrays.copyOf(framed(CHECK), 50));
        }
        awaitEnd(TcpEnd.LEFT, 1);
        awaitNone();
        assertNothingCame();
    }

    @Test
    void soManyMayComeInAndTheNextWhenOneHasProvedItself() throws IOException {
        try (var first = FramedClient.to(address);
                var second = FramedClient.to(address);
                var third = FramedClient.to(address)) {
            await(() -> front.counters().connections() == 3);
            assertThat(FramedClient.isTurnedAway(address)).isTrue();
            awaitEnd(TcpEnd.FULL_OF_UNPROVED_FOR_ADDRESS, 1);
            prove(first);
            try (var fifth = FramedClient.to(address)) {
                prove(fifth);
            }
            assertThat(second.socket.isConnected() && third.socket.isConnected()).isTrue();
        }
        awaitNone();
    }

    @Test
    void aFloodOfConnectionsLeavesNothingBehindAndHurtsNoPeer() throws IOException {
        try (var peer = FramedClient.to(address)) {
            InetSocketAddress seen = prove(peer);
            for (int i = 0; i < 300; i++) {
                FramedClient.knock(address);
            }
            send(seen, SUCCESS);
            assertThat(peer.receive()).isEqualTo(SUCCESS);
            await(() -> front.counters().connections() == 1);
            await(() -> ended() == 300);
        }
    }

    @Test
    void whatASlowReaderDoesNotTakeIsLeftOutAndOthersAreNotHurt() throws IOException {
        try (var slow = FramedClient.slow(address);
                var other = FramedClient.to(address)) {
            InetSocketAddress slowAt = prove(slow);
            InetSocketAddress otherAt = prove(other);
            byte[] packet = new byte[1_200];
            packet[0] = (byte) 0x80;
            for (int i = 0; i < 10_000; i++) {
                send(slowAt, packet);
                if (i % 100 == 0) {
                    send(otherAt, packet);
                    assertThat(other.receive()).isEqualTo(packet);
                }
            }
            send(otherAt, SUCCESS);
            assertThat(other.receive()).isEqualTo(SUCCESS);
            assertThat(front.counters().dropped(TcpLoss.SLOW_READER)).isGreaterThan(1_000);

            int read = 0;
            do { // what comes now is among what is read soon: all else would have been kept
                send(slowAt, SUCCESS);
                read++;
            } while (slow.receive().length == packet.length);
            assertThat(read * packet.length).isLessThan(3 << 20); // of 12 MB
        }
    }

    @Test
    void nobodyElseReachesAPeerByItsSocket() throws IOException {
        try (var peer = FramedClient.to(address);
                var stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress seen = prove(peer);
            stranger.send(new DatagramPacket(new byte[] {1}, 1, seen));
            send(seen, SUCCESS);
            assertThat(peer.receive()).isEqualTo(SUCCESS);
        }
    }

    @Test
    void aPortThatIsTakenIsNotListenedOn() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var none =
                        TcpFront.open(
                                List.of((InetSocketAddress) other.getLocalSocketAddress()),
                                TcpLimits.STANDARD)) {
            assertThat(none.listening()).isEmpty();
        }
        try (var none = TcpFront.none()) {
            assertThat(none.listening()).isEmpty();
        }
    }

    @Test
    void theRelaysLastWordArrivesBeforeTheEnd() throws IOException {
        try (var peer = FramedClient.to(address)) {
            InetSocketAddress seen = prove(peer);
            send(seen, new byte[] {21});
            await(() -> front.counters().datagramsSent() == 2);
            front.close();
            assertThat(peer.receive()).isEqualTo(new byte[] {21});
            assertThat(peer.isClosed()).isTrue();
        }
        assertThat(front.counters().ended(TcpEnd.STOPPED)).isEqualTo(1);
    }

    /// @return where the relay sees it
    private InetSocketAddress prove(FramedClient peer) throws IOException {
        peer.send(CHECK);
        DatagramPacket check = receive();
        assertThat(check.getData()).isEqualTo(CHECK);
        var seen = (InetSocketAddress) check.getSocketAddress();
        send(seen, SUCCESS);
        assertThat(peer.receive()).isEqualTo(SUCCESS);
        return seen;
    }

    private DatagramPacket receive() throws IOException {
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        media.receive(packet);
        packet.setData(Arrays.copyOf(packet.getData(), packet.getLength()));
        return packet;
    }

    private void send(InetSocketAddress to, byte[] data) throws IOException {
        media.send(new DatagramPacket(data, data.length, to));
    }

    /// A datagram of our own comes first.
    private void assertNothingCame() throws IOException {
        try (var own = new DatagramSocket()) {
            own.send(new DatagramPacket(new byte[] {42}, 1, address));
        }
        assertThat(receive().getData()).isEqualTo(new byte[] {42});
    }

    private void awaitNone() {
        await(() -> front.counters().connections() == 0);
    }

    private void awaitEnd(TcpEnd reason, int count) {
        await(() -> front.counters().ended(reason) == count);
    }

    private long ended() {
        return Arrays.stream(TcpEnd.values()).mapToLong(front.counters()::ended).sum();
    }

    private static void await(BooleanSupplier holds) {
        long began = System.nanoTime();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - began).isLessThan(PATIENCE_NANOS);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static LegStats leg(String remote) {
        return new LegStats(
                new LegId("car"), "connected", remote, false, "", 1, -1, new ArrayList<>());
    }
}
