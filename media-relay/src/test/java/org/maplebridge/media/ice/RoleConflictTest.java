package org.maplebridge.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.ice.CheckingPeer.path;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.wire.Captured;

/// RFC 5769's sample request claims ICE-CONTROLLED, which only a lite agent may (RFC 8445
/// §7.3.1.1).
class RoleConflictTest {
    private static final String SAMPLE =
            "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
                    + "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
                    + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

    @Test
    void aPeerThatBelievesToBeControlledIsAnswered487AndNothingIsRemembered() {
        var server = new IceCredentials("evtj", "VOkJxbRl1RmTxUk/WvJxBt");
        var ice = new IceLite(server, CheckingPeer.PEER, 0);
        var network = new Captured();
        byte[] request = HexFormat.of().parseHex(SAMPLE);

        assertThat(ice.onDatagram(path(1), request, 0, request.length, 0, network.batch)).isZero();

        byte[] answer = network.take().bytes();
        assertThat(answer[0]).isEqualTo((byte) 1);
        assertThat(answer[1]).isEqualTo((byte) 0x11);
        assertThat(HexFormat.of().formatHex(answer)).contains("0009").contains("00000457");
        assertThat(ice.paths()).isEmpty();
    }
}
