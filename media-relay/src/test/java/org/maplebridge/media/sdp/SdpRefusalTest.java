package org.maplebridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.sdp.Offers.agreed;
import static org.maplebridge.media.sdp.Offers.publishing;
import static org.maplebridge.media.sdp.Offers.refusal;
import static org.maplebridge.media.sdp.Offers.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpRefusalTest {
    private static final String OFFER = text("chromium-terminal");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "v=0",
                "{\"type\":\"offer\"}",
                "v=0\r\nnonsense\r\n",
                "v=0\r\nm=audio\r\n",
                "v=0\r\nm=audio 70000 UDP/TLS/RTP/SAVPF 111\r\n",
                "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF <script>\r\n",
            })
    void whatIsNoDescriptionIsMalformedOrEmpty(String text) {
        assertThat(refusal(text)).isIn("sdp-malformed", "sdp-no-media");
    }

    @Test
    void fiveThousandLinesAreTooMany() {
        assertThat(refusal(OFFER + "a=x-padding:1\r\n".repeat(5_000))).isEqualTo("sdp-too-long");
        assertThat(refusal("v=0\n" + "\n".repeat(5_000))).isEqualTo("sdp-too-long");
    }

    @Test
    void aQuarterMegabyteIsTooLong() {
        assertThat(refusal(OFFER + "a=x:" + "y".repeat(256 * 1024))).isEqualTo("sdp-too-long");
    }

    @Test
    void moreThanAHundredSectionsAreMalformed() {
        assertThat(refusal(OFFER + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n".repeat(100)))
                .isEqualTo("sdp-malformed");
    }

    @Test
    void withoutIceThereIsNoWayBack() {
        assertThat(refusal(without("a=ice-ufrag"))).isEqualTo("sdp-no-ice");
        assertThat(refusal(without("a=ice-pwd"))).isEqualTo("sdp-no-ice");
        assertThat(refusal(OFFER.replaceAll("a=ice-pwd:.*", "a=ice-pwd:short")))
                .isEqualTo("sdp-no-ice");
        assertThat(refusal(OFFER.replaceAll("a=ice-ufrag:.*", "a=ice-ufrag:a b c d")))
                .isEqualTo("sdp-no-ice");
        assertThat(refusal(OFFER.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")))
                .isEqualTo("sdp-no-ice");
    }

    @Test
    void withoutAFingerprintNobodyIsRecognised() {
        assertThat(refusal(without("a=fingerprint"))).isEqualTo("sdp-no-fingerprint");
        assertThat(refusal(OFFER.replace("a=fingerprint:sha-256", "a=fingerprint:sha-1")))
                .isEqualTo("sdp-no-fingerprint");
    }

    @Test
    void aPeerThatInsistsOnBeingServerIsRefused() {
        assertThat(refusal(OFFER.replace("a=setup:actpass", "a=setup:passive")))
                .isEqualTo("sdp-setup");
        assertThat(refusal(without("a=setup"))).isEqualTo("sdp-setup");
        assertThat(agreed(OFFER.replace("a=setup:actpass", "a=setup:active"), publishing()))
                .isNotNull();
    }

    @Test
    void unknownCodecsOnlyAreRefused() {
        assertThat(refusal(OFFER.replace("opus/48000", "speex/48000")))
                .isEqualTo("sdp-no-common-codec");
        assertThat(
                        refusal(
                                OFFER.replace("VP8/90000", "VPX/90000")
                                        .replace("VP9/90000", "H265/90000")
                                        .replace("AV1/90000", "AV2/90000")
                                        .replace("H264/90000", "X/90000")))
                .isEqualTo("sdp-no-common-codec");
    }

    @Test
    void h264OfOtherProfilesOrModesIsNotTaken() {
        String h264 = text("gstreamer-publish");
        assertThat(refusal(h264.replace("packetization-mode=1", "packetization-mode=0")))
                .isEqualTo("sdp-no-common-codec");
        assertThat(
                        refusal(
                                h264.replace(
                                        "packetization-mode=1",
                                        "packetization-mode=1;profile-level-id=640c1f")))
                .isEqualTo("sdp-no-common-codec");
    }

    @Test
    void mediaOutsideTheBundleIsRefused() {
        assertThat(refusal(without("a=group"))).isEqualTo("sdp-not-bundled");
        assertThat(refusal(OFFER.replace("BUNDLE 0 1 2", "BUNDLE 0 1")))
                .isEqualTo("sdp-not-bundled");
    }

    @Test
    void separatePortsForRtcpAreRefused() {
        assertThat(refusal(without("a=rtcp-mux"))).isEqualTo("sdp-no-rtcp-mux");
    }

    @Test
    void sectionsWithoutOrWithTheSameNameAreMalformed() {
        assertThat(refusal(without("a=mid"))).isEqualTo("sdp-malformed");
        assertThat(refusal(OFFER.replace("a=mid:1\r\n", "a=mid:0\r\n"))).isEqualTo("sdp-malformed");
        assertThat(refusal(OFFER.replace("a=mid:1\r\n", "a=mid:a b\r\n")))
                .isEqualTo("sdp-malformed");
    }

    @Test
    void dataChannelsAloneAreNoMedia() {
        assertThat(
                        refusal(
                                "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
                                        + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
                                        + "a=mid:0\r\n"))
                .isEqualTo("sdp-no-media");
    }

    @Test
    void nothingOfAnOfferReachesTheAnswerButTokens() {
        String tricky =
                OFFER.replace("a=fmtp:111 minptime=10", "a=fmtp:111 evil=\u0000<b>;minptime=10")
                        .replace("profile-level-id=42e01f", "profile-level-id=42e01f\u0007");
        assertThat(agreed(tricky, publishing("0", "1")).answer())
                .doesNotContain("evil", "\u0007", "\u0000");
    }

    private static String without(String prefix) {
        return OFFER.replaceAll("(?m)^" + prefix + ".*\r\n", "");
    }
}
