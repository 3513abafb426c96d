package org.maplebridge.media.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.ice.CheckingPeer.path;

import org.junit.jupiter.api.Test;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.CheckingPeer;
import org.maplebridge.media.ice.IceCredentials;
import org.maplebridge.media.wire.DropReason;

/// What strangers and broken peers send: refused, counted, forgotten; the leg goes on or ends by
/// name.
class LegTransportBadInputTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] CLIENT_HELLO = new byte[60];

    static {
        CLIENT_HELLO[0] = 22;
    }

    private final SimulatedPeer peer = new SimulatedPeer();

    @Test
    void dtlsFromAnAddressThatNeverPassedACheckStartsNothing() {
        assertThat(dtls(1, CLIENT_HELLO)).isEqualTo(DropReason.UNKNOWN_SENDER.code());
        peer.check(true);
        assertThat(dtls(2, CLIENT_HELLO)).isEqualTo(DropReason.UNKNOWN_SENDER.code());
        assertThat(peer.transport.state()).isEqualTo("checking");

        peer.connect();
        assertThat(peer.transport.ready()).isTrue();
        peer.transport.close();
    }

    @Test
    void aFirstRecordThatIsNoHandshakeStartsNothing() {
        peer.check(true);
        byte[] applicationData = CLIENT_HELLO.clone();
        applicationData[0] = 23;

        assertThat(dtls(1, applicationData)).isEqualTo(DropReason.MALFORMED.code());
        assertThat(peer.transport.state()).isEqualTo("checking");
    }

    @Test
    void aStrangersChecksProveNothing() {
        var stranger =
                new CheckingPeer(new IceCredentials("srv1", "guessed-password"), CheckingPeer.PEER);
        byte[] check = stranger.check(true);

        assertThat(peer.transport.onStun(path(5), check, 0, check.length, 0, peer.network.batch))
                .isEqualTo(DropReason.STUN_UNAUTHENTICATED.code());
        assertThat(peer.transport.pollEvent()).isNull();
        assertThat(peer.network.isEmpty()).isTrue();
    }

    @Test
    void anotherCertificateThanTheOffersEndsTheLeg() {
        var impostor = new SimulatedPeer(DtlsCertificate.generate().fingerprint());
        impostor.check(true);
        impostor.startDtls();
        impostor.runUntil(
                () -> impostor.events.contains(new TransportEvent.Lost("fingerprint-mismatch")));

        assertThat(impostor.transport.ready()).isFalse();
        assertThat(impostor.transport.handshakes()).isZero();
    }

    @Test
    void aPeerThatChecksAndNeverShakesHandsIsGivenUp() {
        peer.check(true);
        for (int second = 1; second < 10; second++) {
            peer.tick(second * SECOND);
            peer.check(true);
        }
        assertThat(peer.events).noneMatch(TransportEvent.Lost.class::isInstance);
        peer.tick(10 * SECOND);

        assertThat(peer.events).contains(new TransportEvent.Lost("handshake-timeout"));
    }

    @Test
    void aHandshakeThatStallsIsGivenUp() {
        peer.check(true);
        peer.tick(5 * SECOND);
        assertThat(dtls(1, CLIENT_HELLO)).isZero();
        peer.tick(14 * SECOND);
        assertThat(peer.events).noneMatch(TransportEvent.Lost.class::isInstance);
        peer.tick(15 * SECOND);

        assertThat(peer.events).contains(new TransportEvent.Lost("handshake-timeout"));
    }

    @Test
    void aFloodOfDtlsIsBounded() {
        peer.check(true);
        int dropped = 0;
        for (int i = 0; i < 100_000; i++) {
            dropped += dtls(1, CLIENT_HELLO) == DropReason.DTLS_QUEUE_FULL.code() ? 1 : 0;
        }
        assertThat(dropped).isPositive();
        peer.transport.close();
    }

    @Test
    void aPeerThatNeverComesIsGivenUp() {
        peer.tick(29 * SECOND);
        assertThat(peer.events).isEmpty();
        peer.tick(30 * SECOND);

        assertThat(peer.events).containsExactly(new TransportEvent.Lost("consent-expired"));
    }

    @Test
    void aConnectedPeerThatFallsSilentIsGivenUpOnce() {
        peer.connect();
        peer.tick(30 * SECOND);
        peer.tick(31 * SECOND);

        assertThat(peer.events.stream().filter(TransportEvent.Lost.class::isInstance))
                .containsExactly(new TransportEvent.Lost("consent-expired"));
    }

    @Test
    void forgedMediaIsNoSignOfLife() {
        peer.connect();
        byte[] forged = new byte[60];
        forged[0] = (byte) 0x80;
        assertThat(peer.transport.unprotectRtp(path(1), forged, 0, 60, 29 * SECOND))
                .isEqualTo(DropReason.SRTP_UNAUTHENTICATED.code());
        peer.tick(30 * SECOND);

        assertThat(peer.events).contains(new TransportEvent.Lost("consent-expired"));
    }

    private int dtls(int port, byte[] datagram) {
        return peer.transport.onDtls(path(port), datagram, 0, datagram.length, peer.nowNanos);
    }
}
