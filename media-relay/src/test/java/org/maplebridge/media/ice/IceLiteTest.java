package org.maplebridge.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.ice.CheckingPeer.PEER;
import static org.maplebridge.media.ice.CheckingPeer.SERVER;
import static org.maplebridge.media.ice.CheckingPeer.path;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.wire.Captured;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.PeerPath;

class IceLiteTest {
    private static final long SECOND = 1_000_000_000L;

    private static final byte[] KEEPALIVE =
            HexFormat.of().parseHex("00110000" + "2112a442" + "00".repeat(12));

    private final IceLite ice = new IceLite(SERVER, PEER, 0);
    private final CheckingPeer peer = new CheckingPeer(SERVER, PEER);
    private final Captured network = new Captured();

    @Test
    void anAuthenticCheckIsAnsweredAndProvesItsPath() {
        assertThat(send(path(1), peer.check(false), 5)).isZero();

        Captured.Sent answer = network.take();
        assertThat(answer.to()).isEqualTo(path(1));
        assertThat(peer.mapped(answer)).isEqualTo(path(1).remote());
        assertThat(ice.proved(path(1))).isTrue();
        assertThat(ice.proved(path(2))).isFalse();
        assertThat(ice.selectedPath()).isNull();
        assertThat(events()).containsExactly(new IceEvent.Proved(path(1)));
    }

    @Test
    void aStrangerWithTheRightNameAndNoPasswordLeavesNoTrace() {
        var stranger = new CheckingPeer(new IceCredentials("srv1", "not-the-password-here"), PEER);
        for (int port = 1; port <= 1_000; port++) {
            assertThat(send(path(port), stranger.check(true), port))
                    .isEqualTo(DropReason.STUN_UNAUTHENTICATED.code());
        }

        assertThat(network.isEmpty()).isTrue();
        assertThat(ice.paths()).isEmpty();
        assertThat(events()).isEmpty();
        assertThat(ice.consentExpired(IceLite.CONSENT_NANOS)).isTrue();
    }

    @Test
    void aCheckForAnotherSessionIsNotOurs() {
        var other = new CheckingPeer(new IceCredentials("srv2", SERVER.password()), PEER);

        assertThat(send(path(1), other.check(true), 0))
                .isEqualTo(DropReason.STUN_UNKNOWN_USER.code());
        assertThat(network.isEmpty()).isTrue();
    }

    @Test
    void aKeepaliveIndicationIsTakenSilentlyAndProvesNothing() {
        assertThat(send(path(1), KEEPALIVE, 0)).isZero();

        assertThat(network.isEmpty()).isTrue();
        assertThat(ice.proved(path(1))).isFalse();
        assertThat(ice.consentExpired(30 * SECOND)).isTrue();
    }

    @Test
    void keepalivesOnAProvedPathStandInForChecksForFiveMinutes() {
        send(path(1), peer.check(true), 0);
        for (int second = 25; second <= 350; second += 25) {
            send(path(1), KEEPALIVE, second * SECOND);
        }

        assertThat(ice.consentExpired(304 * SECOND)).isFalse();
        assertThat(ice.consentExpired(305 * SECOND)).isTrue();
    }

    @Test
    void mediaGoesWhereTheLatestNominationPoints() {
        send(path(1), peer.check(true), 0);
        assertThat(ice.selectedPath()).isEqualTo(path(1));

        send(path(2), peer.check(false), SECOND);
        assertThat(ice.selectedPath()).isEqualTo(path(1));

        send(path(2), peer.check(true), 2 * SECOND);
        assertThat(ice.selectedPath()).isEqualTo(path(2));
        assertThat(events())
                .containsExactly(
                        new IceEvent.Proved(path(1)),
                        new IceEvent.Selected(path(1)),
                        new IceEvent.Proved(path(2)),
                        new IceEvent.Selected(path(2)));
    }

    @Test
    void theSameAddressAtAnotherSocketOfOursIsAnotherPath() {
        send(new PeerPath(1, path(1).remote()), peer.check(true), 0);

        assertThat(ice.proved(path(1))).isFalse();
    }

    @Test
    void aPeerWithManyAddressesKeepsSixteenAndLosesTheQuietest() {
        int next = IceLite.MAX_PATHS + 1;
        for (int port = 1; port <= IceLite.MAX_PATHS; port++) {
            send(path(port), peer.check(port == 1), port);
        }
        assertThat(send(path(next), peer.check(false), 20))
                .isEqualTo(DropReason.TOO_MANY_PATHS.code());
        assertThat(ice.proved(path(next))).isFalse();

        long later = 6 * SECOND;
        assertThat(send(path(next), peer.check(false), later)).isZero();
        assertThat(ice.paths()).hasSize(IceLite.MAX_PATHS).contains(path(1), path(next));
        assertThat(ice.proved(path(2))).as("the quietest but the selected one").isFalse();
        assertThat(events()).contains(new IceEvent.Forgotten(path(2)));
    }

    @Test
    void silenceOfAllPathsEndsConsent() {
        send(path(1), peer.check(true), SECOND);
        assertThat(ice.consentExpired(30 * SECOND)).isFalse();
        assertThat(ice.consentExpired(31 * SECOND)).isTrue();
    }

    @Test
    void authenticMediaCountsAsLifeOnProvedPathsOnly() {
        send(path(1), peer.check(true), 0);

        ice.onAuthenticMedia(path(2), 29 * SECOND);
        assertThat(ice.consentExpired(30 * SECOND)).isTrue();

        ice.onAuthenticMedia(path(1), 29 * SECOND);
        assertThat(ice.consentExpired(30 * SECOND)).isFalse();
        assertThat(ice.consentExpired(59 * SECOND)).isTrue();
    }

    @Test
    void aSelectedPathThatFallsSilentGivesWayToALivingOne() {
        send(path(1), peer.check(true), 0);
        send(path(2), peer.check(false), 25 * SECOND);
        ice.tick(31 * SECOND);

        assertThat(ice.selectedPath()).isEqualTo(path(2));
        assertThat(ice.paths()).containsExactly(path(2));
        assertThat(ice.consentExpired(31 * SECOND)).isFalse();
    }

    @Test
    void silentPathsAreForgotten() {
        send(path(1), peer.check(true), 0);
        send(path(2), peer.check(false), 0);
        send(path(1), peer.check(true), 29 * SECOND);
        ice.tick(30 * SECOND);

        assertThat(ice.paths()).containsExactly(path(1));
        assertThat(events()).contains(new IceEvent.Forgotten(path(2)));
    }

    private int send(PeerPath from, byte[] datagram, long nowNanos) {
        return ice.onDatagram(from, datagram, 0, datagram.length, nowNanos, network.batch);
    }

    private List<IceEvent> events() {
        var all = new ArrayList<IceEvent>();
        for (IceEvent event = ice.pollEvent(); event != null; event = ice.pollEvent()) {
            all.add(event);
        }
        return all;
    }
}
