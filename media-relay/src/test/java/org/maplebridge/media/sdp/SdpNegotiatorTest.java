package org.maplebridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.sdp.Offers.agreed;
import static org.maplebridge.media.sdp.Offers.publishing;
import static org.maplebridge.media.sdp.Offers.section;
import static org.maplebridge.media.sdp.Offers.text;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.api.SourceId;

class SdpNegotiatorTest {
    private static final String TERMINAL = text("chromium-terminal");

    @Test
    void aTerminalsMicrophoneCameraAndSlotsAreUnderstood() {
        Negotiated agreed = agreed(TERMINAL, publishing("0", "1")).negotiated();

        assertThat(agreed.media()).hasSize(10);
        assertThat(agreed.remoteIce().fragment()).isEqualTo("s4m8");
        assertThat(agreed.remoteFingerprint().algorithm()).isEqualTo("sha-256");
        assertThat(agreed.media().stream().map(NegotiatedMedia::peerSends))
                .containsExactly(
                        true, true, false, false, false, false, false, false, false, false);
        assertThat(agreed.media().stream().filter(NegotiatedMedia::peerReceives)).hasSize(8);
    }

    @Test
    void theCameraIsVp8ThenConstrainedBaselineWithRetransmission() {
        NegotiatedMedia camera = agreed(TERMINAL, publishing("0", "1")).negotiated().media().get(1);

        assertThat(camera.codecs())
                .extracting(NegotiatedCodec::name)
                .containsExactly(CodecName.VP8, CodecName.H264, CodecName.VP9, CodecName.AV1);
        NegotiatedCodec vp8 = camera.codecs().get(0);
        assertThat(vp8.payloadType()).isEqualTo(96);
        assertThat(vp8.rtxPayloadType()).isEqualTo(97);
        assertThat(vp8.feedback())
                .containsExactlyInAnyOrder(
                        "nack", "nack pli", "ccm fir", "transport-cc", "goog-remb");
        NegotiatedCodec h264 = camera.codecs().get(1);
        assertThat(h264.payloadType()).isEqualTo(108);
        assertThat(h264.fmtp()).containsEntry("profile-level-id", "42e01f");
        assertThat(camera.remoteSsrcs())
                .containsExactly(new SsrcPair((int) 2_158_761_892L, 392_297_847));
        assertThat(camera.extensions()).isEqualTo(new ExtensionIds(4, 10, 11, 3, 0, 0));
        assertThat(camera.localSsrc()).isZero();
    }

    @Test
    void aCameraMayBeAskedForLessAndASlotGuessesNothing() {
        String answer = agreed(TERMINAL, publishing("0", "1")).answer();

        assertThat(section(answer, 1))
                .contains("a=rtcp-fb:96 goog-remb", "a=rtcp-fb:96 transport-cc");
        assertThat(section(answer, 6))
                .contains("a=rtcp-fb:96 transport-cc")
                .noneMatch(line -> line.contains("goog-remb"));
        assertThat(section(answer, 0)).noneMatch(line -> line.contains("goog-remb"));
    }

    @Test
    void opusComesBeforeItsRedundancy() {
        NegotiatedMedia microphone = agreed(TERMINAL, publishing("0")).negotiated().media().get(0);

        assertThat(microphone.codecs())
                .extracting(NegotiatedCodec::name)
                .containsExactly(CodecName.OPUS, CodecName.RED);
        assertThat(microphone.extensions().audioLevel()).isEqualTo(1);
    }

    @Test
    void whoWouldRatherSendRedundancyIsAnsweredSo() {
        String offer = TERMINAL.replace("SAVPF 111 63 9", "SAVPF 63 111 9");
        SdpOutcome.Agreed agreed = agreed(offer, publishing("0", "1"));

        assertThat(section(agreed.answer(), 0))
                .contains(
                        "m=audio 10000 UDP/TLS/RTP/SAVPF 63 111",
                        "a=rtpmap:63 red/48000/2",
                        "a=fmtp:63 111/111",
                        "a=rtpmap:111 opus/48000/2");
        assertThat(section(agreed.answer(), 2)) // only received: we choose what we send
                .contains("m=audio 10000 UDP/TLS/RTP/SAVPF 111 63", "a=sendonly");
        assertThat(agreed.negotiated().media().get(0).codecs())
                .extracting(NegotiatedCodec::name)
                .containsExactly(CodecName.RED, CodecName.OPUS);
    }

    @Test
    void aPlanMayAskForRedundancyOrDoWithoutIt() {
        var publishes = publishing("0", "1").publishes();
        var always = new LegPlan("town", publishes, Map.of(), Redundancy.ALWAYS);
        var never = new LegPlan("town", publishes, Map.of(), Redundancy.NEVER);

        String asked = agreed(TERMINAL, always).answer();
        assertThat(section(asked, 0)).contains("m=audio 10000 UDP/TLS/RTP/SAVPF 63 111");
        assertThat(section(asked, 2)).contains("m=audio 10000 UDP/TLS/RTP/SAVPF 111 63");
        SdpOutcome.Agreed without = agreed(TERMINAL, never);
        assertThat(without.answer()).doesNotContain("red/48000");
        assertThat(
                        SdpNegotiator.again(
                                TERMINAL, never, without.negotiated(), Offers.ICE, Offers.local()))
                .as("the same offer again")
                .isInstanceOf(SdpOutcome.Agreed.class);
    }

    @Test
    void redundancyOfAnythingButThisOpusIsLeftOut() {
        for (String fmtp : List.of("a=fmtp:63 9/9", "a=fmtp:63 111/9", "a=x:y")) {
            String offer =
                    TERMINAL.replace("SAVPF 111 63 9", "SAVPF 63 111 9")
                            .replace("a=fmtp:63 111/111", fmtp);
            assertThat(section(agreed(offer, publishing("0")).answer(), 0))
                    .contains("m=audio 10000 UDP/TLS/RTP/SAVPF 111");
        }
    }

    @Test
    void everySlotHasStreamsOfItsOwn() {
        Negotiated agreed = agreed(TERMINAL, publishing("0", "1")).negotiated();
        var ssrcs = new HashSet<Integer>();
        for (NegotiatedMedia slot : agreed.media().subList(2, 10)) {
            assertThat(slot.localSsrc()).isNotZero();
            assertThat(ssrcs.add(slot.localSsrc())).isTrue();
            if (slot.kind() == MediaKind.VIDEO) {
                assertThat(ssrcs.add(slot.localRtxSsrc())).isTrue();
            } else {
                assertThat(slot.localRtxSsrc()).isZero();
            }
        }
    }

    @Test
    void slotsOfOneGroupAreOneMediaStream() {
        var plan =
                new LegPlan(
                        "town",
                        Map.of("0", new SourceId("mic")),
                        Map.of("2", "car1", "6", "car1", "3", "巡逻 1"));
        String answer = agreed(TERMINAL, plan).answer();

        assertThat(section(answer, 2)).contains("a=msid:car1 track-2");
        assertThat(section(answer, 6)).contains("a=msid:car1 track-6");
        assertThat(section(answer, 3))
                .anyMatch(line -> line.matches("a=msid:group-[0-9a-f]+ track-3"));
        assertThat(section(answer, 4)).contains("a=msid:slot-4 track-4");
    }

    @Test
    void theAnswerIsThatOfALiteAgentAndDtlsServer() {
        String answer = agreed(TERMINAL, publishing("0", "1")).answer();

        assertThat(section(answer, -1))
                .contains("a=ice-lite", "a=group:BUNDLE 0 1 2 3 4 5 6 7 8 9");
        assertThat(section(answer, 0))
                .contains(
                        "m=audio 10000 UDP/TLS/RTP/SAVPF 111 63",
                        "c=IN IP4 192.0.2.10",
                        "a=candidate:1 1 udp 2130706431 192.0.2.10 10000 typ host",
                        "a=candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:10 10000 typ host",
                        "a=candidate:3 1 tcp 1520435199 192.0.2.10 10000 typ host tcptype passive",
                        "a=candidate:4 1 tcp 1520434943 2001:db8:0:0:0:0:0:10 10000 typ host"
                                + " tcptype passive",
                        "a=end-of-candidates",
                        "a=ice-ufrag:mapl",
                        "a=setup:passive",
                        "a=recvonly",
                        "a=rtcp-mux",
                        "a=fmtp:111 minptime=10;useinbandfec=1;stereo=0;usedtx=0",
                        "a=fmtp:63 111/111");
        assertThat(section(answer, 1))
                .contains(
                        "m=video 10000 UDP/TLS/RTP/SAVPF 96 97 108 109 98 99 45 46",
                        "a=fmtp:96 x-google-start-bitrate=1000",
                        "a=fmtp:97 apt=96",
                        "a=rtcp-fb:96 transport-cc",
                        "a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;"
                                + "profile-level-id=42e01f;x-google-start-bitrate=1000")
                .noneMatch(line -> line.startsWith("a=candidate"));
        assertThat(section(answer, 6))
                .contains("a=sendonly")
                .anyMatch(line -> line.startsWith("a=ssrc-group:FID "))
                .noneMatch(line -> line.contains("x-google"));
        assertThat(section(answer, 2)).contains("a=fmtp:111 minptime=10;useinbandfec=1;stereo=0");
        assertThat(answer.lines()).allMatch(line -> line.matches("[vostcma]=.+"));
        assertThat(answer.replace("\r\n", "")).doesNotContain("\n", "\r");
    }

    @Test
    void whatThePlanDoesNotNameMayNotBeSent() {
        SdpOutcome.Agreed agreed = agreed(TERMINAL, publishing("1"));

        assertThat(agreed.negotiated().media().get(0).peerSends()).isFalse();
        assertThat(section(agreed.answer(), 0)).contains("a=inactive");
        assertThat(section(agreed.answer(), 1)).contains("a=recvonly");
    }

    @Test
    void anUnwantedSenderThatAlsoReceivesIsASlot() {
        SdpOutcome.Agreed agreed = agreed(text("gstreamer-vp8"), publishing());

        NegotiatedMedia media = agreed.negotiated().media().getFirst();
        assertThat(media.peerSends()).isFalse();
        assertThat(media.peerReceives()).isTrue();
        assertThat(media.remoteSsrcs()).isEmpty();
        assertThat(section(agreed.answer(), 0)).contains("a=sendonly");
    }

    @Test
    void simulcastIsAnsweredWithoutSoThatOneLayerComes() {
        SdpOutcome.Agreed agreed = agreed(text("chromium-simulcast"), publishing("0", "1"));

        assertThat(agreed.answer()).doesNotContain("simulcast").doesNotContain("a=rid");
        assertThat(agreed.negotiated().media().get(1).rids()).isEmpty();
        assertThat(agreed.negotiated().media().get(0).peerReceives()).isTrue();
    }

    @Test
    void aDataChannelIsRejectedAndTheRestServed() {
        SdpOutcome.Agreed agreed = agreed(text("chromium-datachannel"), publishing());

        assertThat(agreed.negotiated().media()).hasSize(2);
        assertThat(section(agreed.answer(), -1)).contains("a=group:BUNDLE 0 1");
        assertThat(section(agreed.answer(), 2))
                .contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:2");
    }

    @Test
    void firefoxKeepsItsFingerprintBeforeTheSections() {
        Negotiated agreed = agreed(text("firefox-terminal"), publishing("0", "1")).negotiated();

        assertThat(agreed.remoteFingerprint().hex()).startsWith("7C:DA:2E");
        NegotiatedMedia camera = agreed.media().get(1);
        assertThat(camera.codecs())
                .extracting(NegotiatedCodec::payloadType)
                .containsExactly(120, 121, 99);
        assertThat(camera.codecs().getFirst().rtxPayloadType()).isEqualTo(124);
        assertThat(camera.extensions()).isEqualTo(new ExtensionIds(3, 0, 0, 7, 0, 0));
        assertThat(camera.remoteSsrcs())
                .containsExactly(new SsrcPair(392_035_372, (int) 3_179_016_788L));
        assertThat(agreed.media()).hasSize(6);
        assertThat(agreed.media().get(3).peerReceives()).isTrue();
        assertThat(agreed.media().get(3).remoteSsrcs()).isEmpty();
    }

    @Test
    void sectionsWaitingForTheBundleWithPortZeroAreLive() {
        SdpOutcome.Agreed agreed =
                agreed(text("gstreamer-publish"), publishing("audio0", "video1"));

        NegotiatedMedia video = agreed.negotiated().media().get(1);
        assertThat(video.peerSends()).isTrue();
        assertThat(video.codecs())
                .extracting(NegotiatedCodec::name)
                .containsExactly(CodecName.H264);
        assertThat(video.codecs().getFirst().rtxPayloadType()).isEqualTo(-1);
        assertThat(video.localRtxSsrc()).isZero();
    }

    @Test
    void aLoneSectionNeedsNoBundle() {
        assertThat(section(agreed(text("gstreamer-vp8"), publishing("video0")).answer(), -1))
                .contains("a=group:BUNDLE video0");
    }

    @Test
    void theFirstSectionsCredentialsStandForTheBundle() {
        Negotiated agreed = agreed(text("aiortc-publish"), publishing("0", "1")).negotiated();

        assertThat(agreed.remoteIce().fragment()).isEqualTo("wWc1");
        assertThat(agreed.media()).hasSize(2);
    }

    @Test
    void playersGetSlotsOnly() {
        for (String player : List.of("gstreamer-play", "aiortc-play")) {
            Negotiated agreed = agreed(text(player), publishing()).negotiated();
            assertThat(agreed.media()).hasSize(2).allMatch(NegotiatedMedia::peerReceives);
        }
    }
}
