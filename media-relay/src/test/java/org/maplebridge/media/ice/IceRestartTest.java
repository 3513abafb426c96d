package org.maplebridge.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.ice.CheckingPeer.PEER;
import static org.maplebridge.media.ice.CheckingPeer.SERVER;
import static org.maplebridge.media.ice.CheckingPeer.path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.wire.Captured;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.PeerPath;

class IceRestartTest {
    private static final IceCredentials NEW_SERVER =
            new IceCredentials("srv2", "another-password-22chars");
    private static final IceCredentials NEW_PEER =
            new IceCredentials("pee2", "another-peer-password-22");

    private final IceLite ice = new IceLite(SERVER, PEER, 0);
    private final CheckingPeer before = new CheckingPeer(SERVER, PEER);
    private final CheckingPeer after = new CheckingPeer(NEW_SERVER, NEW_PEER);
    private final Captured network = new Captured();

    @BeforeEach
    void connectedThenRestarting() {
        send(path(1), before.check(true));
        ice.restart(NEW_SERVER, NEW_PEER);
    }

    @Test
    void oldAndNewCredentialsAreGoodOnTheSameAddressUntilTheNewNominate() {
        assertThat(ice.localFragments()).containsExactly("srv1", "srv2");
        assertThat(ice.localCredentials()).isEqualTo(NEW_SERVER);

        assertThat(send(path(1), before.check(true))).isZero();
        assertThat(send(path(1), after.check(false))).isZero();
        assertThat(send(path(1), before.check(false))).isZero();
        assertThat(ice.selectedPath()).isEqualTo(path(1));
    }

    @Test
    void answersAreSealedWithThePasswordTheCheckWasMadeWith() {
        network.take();
        send(path(1), before.check(false));
        assertThat(before.mapped(network.take())).isNotNull();
        send(path(1), after.check(false));
        assertThat(after.mapped(network.take())).isNotNull();
    }

    @Test
    void theFirstNominationWithTheNewCredentialsCutsOver() {
        assertThat(send(path(2), after.check(true))).isZero();

        assertThat(ice.selectedPath()).isEqualTo(path(2));
        assertThat(ice.localFragments()).containsExactly("srv2");
        assertThat(send(path(1), before.check(true)))
                .isEqualTo(DropReason.STUN_UNKNOWN_USER.code());
        assertThat(ice.proved(path(1))).as("what is under way there still arrives").isTrue();
    }

    @Test
    void aRestartThatNeverSucceedsLeavesTheOldPathInUse() {
        assertThat(send(path(1), before.check(true))).isZero();
        ice.restart(new IceCredentials("srv3", NEW_SERVER.password()), NEW_PEER);

        assertThat(ice.localFragments()).containsExactly("srv1", "srv3");
        assertThat(send(path(2), after.check(true))).isEqualTo(DropReason.STUN_UNKNOWN_USER.code());
        assertThat(ice.selectedPath()).isEqualTo(path(1));
    }

    private int send(PeerPath from, byte[] datagram) {
        return ice.onDatagram(from, datagram, 0, datagram.length, 1, network.batch);
    }
}
