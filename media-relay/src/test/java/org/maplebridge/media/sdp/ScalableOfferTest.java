package org.maplebridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.sdp.Offers.agreed;
import static org.maplebridge.media.sdp.Offers.publishing;
import static org.maplebridge.media.sdp.Offers.section;
import static org.maplebridge.media.sdp.Offers.text;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Redundancy;

/// A camera's section of which VP9 or AV1 alone is offered, as pages do it for several resolutions.
class ScalableOfferTest {
    private static final String TERMINAL = text("chromium-terminal");
    private static final LegPlan PLAN =
            new LegPlan("town", publishing("0", "1").publishes(), Map.of(), Redundancy.AUTO, true);
    private static final String DESCRIPTOR = "a=extmap:13 " + RtpHeaderExtensions.DEPENDENCY;

    @ParameterizedTest
    @CsvSource({"VP9, 98 99, 98 profile-id=0", "AV1, 45 46, 45 level-idx=5;profile=0;tier=0"})
    void theDependencyDescriptorIsTaken(CodecName codec, String types, String format) {
        SdpOutcome.Agreed agreed = agreed(offer(types, DESCRIPTOR), PLAN);
        NegotiatedMedia camera = camera(agreed);

        assertThat(camera.scalable()).isTrue();
        assertThat(camera.codecs()).extracting(NegotiatedCodec::name).containsExactly(codec);
        assertThat(section(agreed.answer(), 1))
                .contains(
                        "m=video 10000 UDP/TLS/RTP/SAVPF " + types,
                        DESCRIPTOR,
                        "a=extmap-allow-mixed",
                        "a=fmtp:" + format + ";x-google-start-bitrate=1000")
                .noneMatch(line -> line.startsWith("a=simulcast"));
    }

    @Test
    void itIsNotTakenOfOtherCodecsOrWithoutLayers() {
        assertThat(camera(agreed(offer("96 97", DESCRIPTOR), PLAN)).scalable()).isFalse();
        assertThat(camera(agreed(offer("98 99", "a=x:y"), PLAN)).scalable()).isFalse();
        SdpOutcome.Agreed plain = agreed(offer("98 99", DESCRIPTOR), publishing("0", "1"));
        assertThat(camera(plain).scalable()).isFalse();
        assertThat(plain.answer()).doesNotContain(DESCRIPTOR).doesNotContain("allow-mixed");
        assertThat(camera(plain).rids()).isEmpty();
    }

    @Test
    void viewersThatAskForItAreToldToo() {
        String offer =
                offer("98 99", "a=x:y")
                        .replaceFirst("(m=video [^\\r]*120 49)", "$1\r\n" + DESCRIPTOR);
        SdpOutcome.Agreed agreed = agreed(offer, PLAN);
        assertThat(agreed.answer()).contains(DESCRIPTOR);
        List<NegotiatedMedia> viewers =
                agreed.negotiated().media().stream()
                        .filter(media -> media.extensions().dependency() != 0)
                        .toList();
        assertThat(viewers).hasSize(1).allMatch(NegotiatedMedia::peerReceives);
        assertThat(viewers).noneMatch(NegotiatedMedia::scalable);
    }

    @Test
    void bothFormsOfExtensionsAreAllowedWhereThatWasOffered() {
        String offer = offer("98 99", DESCRIPTOR).replace("a=extmap-allow-mixed\r\n", "");
        assertThat(agreed(offer, PLAN).answer()).doesNotContain("allow-mixed");
        String own = offer("98 99", DESCRIPTOR + "\r\na=extmap-allow-mixed");
        assertThat(agreed(own.replaceFirst("a=extmap-allow-mixed\r\n", ""), PLAN).answer())
                .contains("a=extmap-allow-mixed");
    }

    @Test
    void otherProfilesAreNotTaken() {
        assertThat(Offers.refusal(offer("100 101", DESCRIPTOR))).isEqualTo("sdp-no-common-codec");
        String main = offer("45 46", DESCRIPTOR).replace("profile=0;tier", "profile=1;tier");
        assertThat(Offers.refusal(main)).isEqualTo("sdp-no-common-codec");
    }

    private static NegotiatedMedia camera(SdpOutcome.Agreed agreed) {
        return agreed.negotiated().media().get(1);
    }

    /// With only these payload types in the camera's section, and one more line.
    private static String offer(String types, String line) {
        List<String> camera = section(TERMINAL, 1);
        String media = camera.getFirst();
        String format = media.substring(0, media.indexOf("SAVPF ") + 6);
        return TERMINAL.replace(media, format + types + "\r\n" + line);
    }
}
