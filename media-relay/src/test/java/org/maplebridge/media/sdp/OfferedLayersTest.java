package org.maplebridge.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.sdp.Offers.agreed;
import static org.maplebridge.media.sdp.Offers.publishing;
import static org.maplebridge.media.sdp.Offers.section;
import static org.maplebridge.media.sdp.Offers.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.api.SourceId;

class OfferedLayersTest {
    private static final String TERMINAL = text("chromium-terminal");
    private static final LegPlan PLAN =
            new LegPlan("town", publishing("0", "1").publishes(), Map.of(), Redundancy.AUTO, true);
    private static final String RIDS = "a=rid:q send\r\na=rid:h send\r\na=rid:f send\r\n";

    @Test
    void threeLayersAreTakenInTheirOrder() {
        SdpOutcome.Agreed agreed = agreed(offer(RIDS + "a=simulcast:send q;h;f\r\n"), PLAN);
        NegotiatedMedia camera = camera(agreed);

        assertThat(camera.rids()).containsExactly("q", "h", "f");
        assertThat(section(agreed.answer(), 1))
                .contains(
                        "a=rid:q recv",
                        "a=rid:h recv",
                        "a=rid:f recv",
                        "a=simulcast:recv q;h;f",
                        "a=extmap:10 " + RtpHeaderExtensions.RID,
                        "a=extmap:11 " + RtpHeaderExtensions.REPAIRED_RID);
    }

    @Test
    void chromiumsOwnOfferIsUnderstood() {
        var camera =
                agreed(text("chromium-simulcast"), PLAN).negotiated().media().stream()
                        .filter(media -> media.kind() == MediaKind.VIDEO && media.peerSends())
                        .findFirst()
                        .orElseThrow();
        assertThat(camera.rids()).containsExactly("q", "h", "f");
    }

    @Test
    void pausedOnesCountAndOfAlternativesTheFirst() {
        String offer = offer(RIDS + "a=simulcast:recv x send ~q;f,h\r\n");
        assertThat(camera(agreed(offer, PLAN)).rids()).containsExactly("q", "f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a=simulcast:send q\r\n",
                "a=simulcast:send q;h;f;g\r\n",
                "a=simulcast:send q;q\r\n",
                "a=simulcast:send q;x\r\n",
                "a=simulcast:send\r\n",
                "a=simulcast:recv q;h\r\n",
                "a=simulcast:send q;h\r\na=simulcast:send q;h\r\n",
                "a=simulcast:;;;send;\r\n"
            })
    void whatIsNotAsWeTakeItIsOneStream(String simulcast) {
        SdpOutcome.Agreed agreed = agreed(offer(RIDS + simulcast), PLAN);
        assertThat(camera(agreed).rids()).isEmpty();
        assertThat(agreed.answer()).doesNotContain("simulcast").doesNotContain("a=rid");
    }

    @Test
    void withoutStreamIdsOnPacketsThereAreNone() {
        String offer =
                offer(RIDS + "a=simulcast:send q;h;f\r\n")
                        .replaceAll("a=extmap:\\d+ " + RtpHeaderExtensions.RID + "\r\n", "");
        assertThat(camera(agreed(offer, PLAN)).rids()).isEmpty();
    }

    @Test
    void nobodyWhoIsNotMeantToSendsLayers() {
        String offer = offer(RIDS + "a=simulcast:send q;h;f\r\n");
        assertThat(camera(agreed(offer, publishing("0", "1"))).rids()).isEmpty();
    }

    @Test
    void aLayersLineHasANameOfItsOwnButForTheHighest() {
        var source = new SourceId("cam");
        assertThat(List.of(source.layer("q"), source.layer("h"), source))
                .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(3));
    }

    private static NegotiatedMedia camera(SdpOutcome.Agreed agreed) {
        return agreed.negotiated().media().get(1);
    }

    private static String offer(String lines) {
        return TERMINAL.replaceFirst("a=mid:1\r?\n", "a=mid:1\r\n" + lines);
    }
}
