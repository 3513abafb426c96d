package org.maplebridge.media.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.ice.CheckingPeer.path;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.ice.CheckingPeer;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.srtp.OutboundSrtp;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.srtp.SrtpKeys;
import org.maplebridge.media.wire.DropReason;

class LegTransportTest {
    private static final long SECOND = 1_000_000_000L;

    private final SimulatedPeer peer = new SimulatedPeer();

    @Test
    void aCheckedPeerShakesHandsAndIsConnected() {
        assertThat(peer.transport.state()).isEqualTo("new");
        peer.check(false);
        assertThat(peer.transport.state()).isEqualTo("checking");
        peer.connect();

        assertThat(peer.transport.state()).isEqualTo("connected");
        assertThat(peer.transport.srtpProfile()).isEqualTo("AEAD_AES_128_GCM");
        assertThat(peer.events)
                .containsExactly(
                        new TransportEvent.PathProved(path(1)),
                        new TransportEvent.Connected(path(1)));
        peer.transport.close();
    }

    @Test
    void theClientHelloMayComeBeforeTheNomination() {
        peer.check(false);
        peer.startDtls();
        peer.runUntil(() -> peer.keys != null && peer.transport.handshakes() == 1);
        assertThat(peer.transport.ready()).isFalse();
        assertThat(peer.transport.state()).isEqualTo("handshaking");

        peer.check(true);
        assertThat(peer.transport.ready()).isTrue();
        assertThat(peer.events).contains(new TransportEvent.Connected(path(1)));
        peer.transport.close();
    }

    @Test
    void mediaFlowsBothWays() {
        peer.connect();
        byte[] packet = protectedByPeer(rtp(1_000));

        int length = peer.transport.unprotectRtp(path(1), packet, 0, packet.length, 0);
        assertThat(length).isEqualTo(rtp(1_000).length);
        assertThat(packet).startsWith(rtp(1_000));

        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slot = arena.allocate(1_500);
            MemorySegment.copy(rtp(5), 0, slot, ValueLayout.JAVA_BYTE, 0, 32);
            assertThat(peer.transport.protectRtp(slot, 0, 12, 32, 0x0102_0304, 5))
                    .isEqualTo(32 + 16);
        }
        peer.transport.close();
    }

    @Test
    void mediaBeforeTheKeysOrFromElsewhereIsDropped() {
        byte[] packet = rtp(1);
        assertThat(peer.transport.unprotectRtp(path(1), packet, 0, packet.length, 0))
                .isEqualTo(DropReason.UNKNOWN_SENDER.code());
        peer.check(true);
        assertThat(peer.transport.unprotectRtp(path(1), packet, 0, packet.length, 0))
                .isEqualTo(DropReason.NO_KEYS.code());
        peer.connect();
        byte[] honest = protectedByPeer(rtp(2));
        assertThat(peer.transport.unprotectRtp(path(2), honest.clone(), 0, honest.length, 0))
                .isEqualTo(DropReason.UNKNOWN_SENDER.code());
        assertThat(peer.transport.unprotectRtcp(path(2), honest.clone(), 0, honest.length, 0))
                .isEqualTo(DropReason.UNKNOWN_SENDER.code());
        peer.transport.close();
    }

    @Test
    void aPeerThatMovesKeepsItsKeys() {
        peer.connect();
        peer.path = path(2);
        assertThat(peer.check(true)).isZero();

        assertThat(peer.transport.selectedPath()).isEqualTo(path(2));
        assertThat(peer.events)
                .endsWith(
                        new TransportEvent.PathProved(path(2)), new TransportEvent.Moved(path(2)));
        byte[] packet = protectedByPeer(rtp(3));
        assertThat(peer.transport.unprotectRtp(path(2), packet, 0, packet.length, 0)).isPositive();
        assertThat(peer.transport.handshakes()).isEqualTo(1);
        peer.transport.close();
    }

    @Test
    void aRestartKeepsKeysAndMovesWithTheNewCredentials() {
        peer.connect();
        var newServer = new IceCredentials("srv2", "another-password-22chars");
        peer.transport.restartIce(newServer, CheckingPeer.PEER);
        assertThat(peer.transport.localFragments()).containsExactly("srv1", "srv2");

        byte[] check = new CheckingPeer(newServer, CheckingPeer.PEER).check(true);
        assertThat(
                        peer.transport.onStun(
                                path(7), check, 0, check.length, SECOND, peer.network.batch))
                .isZero();

        assertThat(peer.transport.selectedPath()).isEqualTo(path(7));
        assertThat(peer.transport.localFragments()).containsExactly("srv2");
        byte[] packet = protectedByPeer(rtp(4));
        assertThat(peer.transport.unprotectRtp(path(7), packet, 0, packet.length, 0)).isPositive();
        assertThat(peer.transport.handshakes()).isEqualTo(1);
        peer.transport.close();
    }

    @Test
    void aHandshakeGoesOnWhereThePeerMovedTo() {
        peer.check(true);
        peer.startDtls();
        peer.path = path(2);
        peer.check(true);
        peer.runUntil(() -> peer.transport.ready() && peer.keys != null);

        assertThat(peer.events).contains(new TransportEvent.Connected(path(2)));
        peer.transport.close();
    }

    @Test
    void goodbyeOfThePeerEndsTheTransport() {
        peer.connect();
        Objects.requireNonNull(peer.dtls).close();
        peer.runUntil(() -> peer.events.contains(new TransportEvent.Lost("peer-closed")));

        assertThat(peer.transport.ready()).isFalse();
        byte[] check = peer.ice.check(true);
        assertThat(peer.transport.onStun(path(1), check, 0, check.length, 0, peer.network.batch))
                .isNegative();
    }

    @Test
    void ourGoodbyeReachesThePeer() {
        peer.connect();
        peer.transport.close();
        peer.runUntil(() -> peer.ended != null);

        assertThat(peer.events).noneMatch(TransportEvent.Lost.class::isInstance);
    }

    private byte[] protectedByPeer(byte[] plain) {
        SrtpKeys keys = Objects.requireNonNull(peer.keys);
        try (Arena arena = Arena.ofConfined();
                var srtp =
                        new OutboundSrtp(
                                keys.profile(),
                                keys.localKey(),
                                keys.localSalt(),
                                SrtpCiphers.jdk())) {
            MemorySegment memory = arena.allocate(1_500);
            MemorySegment.copy(plain, 0, memory, ValueLayout.JAVA_BYTE, 0, plain.length);
            int seq = (plain[2] & 0xff) << 8 | plain[3] & 0xff;
            int length = srtp.protectRtp(memory, 0, 12, plain.length, 0x0102_0304, seq);
            return memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private static byte[] rtp(int seq) {
        byte[] packet = new byte[32];
        packet[0] = (byte) 0x80;
        packet[1] = 111;
        packet[2] = (byte) (seq >> 8);
        packet[3] = (byte) seq;
        packet[8] = 1;
        packet[9] = 2;
        packet[10] = 3;
        packet[11] = 4;
        return packet;
    }
}
