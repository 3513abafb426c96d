package org.maplebridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.sdp.Offers.ICE;
import static org.maplebridge.media.sdp.Offers.agreed;
import static org.maplebridge.media.sdp.Offers.local;
import static org.maplebridge.media.sdp.Offers.publishing;
import static org.maplebridge.media.sdp.Offers.section;
import static org.maplebridge.media.sdp.Offers.text;

import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.ice.IceCredentials;

class ReofferTest {
    private static final IceCredentials FRESH =
            new IceCredentials("newu", "fresh-fresh-fresh-fresh-22");
    private static final LegPlan PLAN = publishing("0", "1");
    private static final String OFFER = text("chromium-terminal");
    private static final String RESTARTED =
            OFFER.replace("a=ice-ufrag:s4m8", "a=ice-ufrag:new1")
                    .replaceAll("a=ice-pwd:.*", "a=ice-pwd:0123456789abcdefghijklmn");

    private final Negotiated before = agreed(OFFER, PLAN).negotiated();

    @Test
    void theSameOfferAgainIsAnsweredWithTheCredentialsInUse() {
        SdpOutcome.Agreed again = again(OFFER);

        assertThat(again.iceRestarted()).isFalse();
        assertThat(section(again.answer(), 0)).contains("a=ice-ufrag:mapl");
        assertThat(again.negotiated().media()).isEqualTo(before.media());
    }

    @Test
    void newCredentialsRestartIceAndKeepTheStreams() {
        SdpOutcome.Agreed again = again(RESTARTED);

        assertThat(again.iceRestarted()).isTrue();
        assertThat(section(again.answer(), 0)).contains("a=ice-ufrag:newu");
        assertThat(again.negotiated().remoteIce().fragment()).isEqualTo("new1");
        assertThat(again.negotiated().media()).isEqualTo(before.media());
        assertThat(section(again.answer(), -1))
                .contains("o=- " + before.sessionId() + " 2 IN IP4 127.0.0.1");
    }

    @Test
    void anotherOrderOfCodecsChangesNothing() {
        SdpOutcome.Agreed again = again(RESTARTED.replace("SAVPF 111 63 9", "SAVPF 63 111 9"));

        assertThat(section(again.answer(), 0)).contains("m=audio 10000 UDP/TLS/RTP/SAVPF 111 63");
        assertThat(again.negotiated().media()).isEqualTo(before.media());
    }

    @Test
    void otherSectionsDirectionsOrCertificatesAreRefused() {
        assertThat(refusal(OFFER.replaceFirst("a=recvonly", "a=sendrecv"))).isEqualTo("agreed");
        assertThat(refusal(OFFER.replaceFirst("a=recvonly", "a=inactive")))
                .isEqualTo("sdp-changed");
        assertThat(refusal(OFFER.replaceAll("(sha-256) 66", "$1 67"))).isEqualTo("sdp-changed");
        assertThat(refusal(text("chromium-simulcast"))).isEqualTo("sdp-changed");
        assertThat(
                        refusal(
                                OFFER.replace("a=mid:9\r\n", "a=mid:10\r\n")
                                        .replace("8 9\r\n", "8 10\r\n")))
                .isEqualTo("sdp-changed");
    }

    @Test
    void aFragmentRestartsLikeAnOffer() {
        var restarted =
                (SdpOutcome.Agreed)
                        SdpNegotiator.restart(
                                "a=ice-ufrag:new1\r\na=ice-pwd:0123456789abcdefghijklmn\r\n"
                                        + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n",
                                before,
                                local(FRESH));

        assertThat(restarted.iceRestarted()).isTrue();
        assertThat(restarted.negotiated().remoteIce().fragment()).isEqualTo("new1");
        assertThat(restarted.negotiated().media()).isEqualTo(before.media());
        assertThat(restarted.answer().lines())
                .containsExactly(
                        "a=ice-lite",
                        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                        "a=mid:0",
                        "a=ice-ufrag:newu",
                        "a=ice-pwd:fresh-fresh-fresh-fresh-22",
                        "a=candidate:1 1 udp 2130706431 192.0.2.10 10000 typ host",
                        "a=candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:10 10000 typ host",
                        "a=candidate:3 1 tcp 1520435199 192.0.2.10 10000 typ host tcptype passive",
                        "a=candidate:4 1 tcp 1520434943 2001:db8:0:0:0:0:0:10 10000 typ host"
                                + " tcptype passive",
                        "a=end-of-candidates");
    }

    @Test
    void aFragmentWithoutNewCredentialsRestartsNothing() {
        String candidateOnly = "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n";
        assertThat(SdpNegotiator.restart(candidateOnly, before, local(FRESH)))
                .isInstanceOf(SdpOutcome.Refused.class);
        assertThat(SdpNegotiator.restart("hello", before, local(FRESH)))
                .isInstanceOf(SdpOutcome.Refused.class);
    }

    private SdpOutcome.Agreed again(String offer) {
        return (SdpOutcome.Agreed) SdpNegotiator.again(offer, PLAN, before, ICE, local(FRESH));
    }

    private String refusal(String offer) {
        return SdpNegotiator.again(offer, PLAN, before, ICE, local(FRESH))
                        instanceof SdpOutcome.Refused(String code, String _)
                ? code
                : "agreed";
    }
}
