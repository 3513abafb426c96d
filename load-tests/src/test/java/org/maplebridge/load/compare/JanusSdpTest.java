package org.maplebridge.load.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.maplebridge.load.client.ClientOffer;
import org.maplebridge.media.dtls.DtlsCertificate;
import org.maplebridge.media.ice.IceCredentials;

class JanusSdpTest {
    private static final String THEIRS =
            """
            v=0
            o=- 17 1 IN IP4 192.0.2.2
            s=VideoRoom 1
            t=0 0
            a=group:BUNDLE 0
            a=ice-options:trickle
            a=fingerprint:sha-256 11:22
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            c=IN IP4 192.0.2.2
            a=sendonly
            a=mid:0
            a=rtcp-mux
            a=ice-ufrag:THEM
            a=ice-pwd:theirs
            a=setup:actpass
            a=rtpmap:96 VP8/90000
            a=rtcp-fb:96 nack
            a=rtcp-fb:96 transport-cc
            a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=candidate:1 1 udp 2015363327 192.0.2.2 37854 typ host
            """;

    @Test
    void theAnswerIsOursAboutTheirMedia() {
        assertThat(answer(false).lines())
                .contains(
                        "a=group:BUNDLE 0",
                        "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
                        "a=mid:0",
                        "a=rtpmap:96 VP8/90000",
                        "a=rtcp-fb:96 nack",
                        "a=recvonly",
                        "a=setup:active")
                .noneMatch(line -> line.contains("THEM") || line.contains("theirs"))
                .noneMatch(line -> line.contains("11:22") || line.startsWith("a=candidate:"))
                .anyMatch(line -> line.startsWith("a=ice-ufrag:"))
                .anyMatch(line -> line.startsWith("a=fingerprint:sha-256 "));
    }

    @Test
    void congestionFeedbackIsAgreedOnlyWhenItWasOffered() {
        assertThat(answer(false)).doesNotContain("transport");
        assertThat(answer(true)).contains("a=rtcp-fb:96 transport-cc", "a=extmap:3 ");
    }

    @Test
    void terminalsShakeHandsFirst() {
        assertThat(JanusSdp.asDtlsClient(ours(false)))
                .contains("a=setup:active")
                .doesNotContain("a=setup:actpass");
    }

    private static String answer(boolean feedback) {
        return JanusSdp.answer(THEIRS, ours(feedback));
    }

    private static String ours(boolean feedback) {
        var ice = IceCredentials.random(new SecureRandom());
        var fingerprint = DtlsCertificate.generate().fingerprint();
        return new ClientOffer(ice, fingerprint, true, false, 7, feedback).text();
    }
}
