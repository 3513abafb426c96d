package org.maplebridge.signaling.scene;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;

class WiringTest {
    private static final UnitId CAR = new UnitId("car1");
    private static final CallId TOWN = new CallId("town");
    private static final CallId CALL = new CallId("call");
    private static final MediaLeg LEG =
            new MediaLeg(
                    new LegId("leg"),
                    Map.of(0, new MediaLeg.Tile("p0", "s0"), 1, new MediaLeg.Tile("p1", null)),
                    List.of("v0", "v1"));

    private final Wiring wiring = new Wiring();

    @Test
    void wantsNothingWithoutALeg() {
        wiring.show(0, new Wiring.Showing(Sources.camera(CAR), null));
        wiring.hear(TOWN, Sources.channel(TOWN));

        assertThat(wiring.wanted()).isEmpty();
    }

    @Test
    void fillsWhatWasWantedBeforeTheLegCame() {
        wiring.show(0, new Wiring.Showing(Sources.camera(CAR), Sources.microphone(CAR)));
        wiring.hear(TOWN, Sources.channel(TOWN));
        wiring.leg(LEG);

        assertThat(wiring.wanted())
                .containsOnly(
                        Map.entry("p0", Sources.camera(CAR)),
                        Map.entry("s0", Sources.microphone(CAR)),
                        Map.entry("v0", Sources.channel(TOWN)));
    }

    @Test
    void aTileWithoutASoundSectionHasNoSound() {
        wiring.leg(LEG);
        wiring.show(1, new Wiring.Showing(Sources.camera(CAR), Sources.microphone(CAR)));

        assertThat(wiring.wanted()).containsOnlyKeys("p1");
    }

    @Test
    void conversationsKeepTheirSlotsAndFreedOnesAreTakenAgain() {
        wiring.leg(LEG);
        wiring.hear(TOWN, Sources.channel(TOWN));
        wiring.hear(CALL, Sources.channel(CALL));
        wiring.unhear(TOWN);

        assertThat(wiring.voices()).isEqualTo(Map.of("v1", CALL));
        assertThat(wiring.hear(new CallId("next"), Sources.channel(new CallId("next")))).isTrue();
        assertThat(wiring.voices()).containsKeys("v0", "v1");
        assertThat(
                        wiring.hear(
                                new CallId("one-too-many"),
                                Sources.channel(new CallId("one-too-many"))))
                .isFalse();
    }

    @Test
    void nobodyHearsTheOwnVoice() {
        wiring.leg(LEG);
        wiring.hear(TOWN, Sources.channel(TOWN));
        wiring.hush(TOWN, true);
        assertThat(wiring.wanted()).isEmpty();

        wiring.hush(TOWN, false);
        assertThat(wiring.wanted()).containsValue(Sources.channel(TOWN));
    }

    @Test
    void callsThatWereJoinedAreHeardOnce() {
        wiring.leg(LEG);
        wiring.hear(TOWN, Sources.channel(TOWN));
        wiring.hear(CALL, Sources.channel(CALL));
        var together = Sources.channel(new CallId("together"));

        wiring.tune(TOWN, together);
        wiring.tune(CALL, together);
        assertThat(wiring.wanted()).isEqualTo(Map.of("v0", together));

        wiring.tune(TOWN, Sources.channel(TOWN));
        assertThat(wiring.wanted()).isEqualTo(Map.of("v0", Sources.channel(TOWN), "v1", together));
    }

    @Test
    void aCallThatIsNotHeardIsNotTuned() {
        wiring.leg(LEG);
        wiring.tune(TOWN, Sources.channel(CALL));
        assertThat(wiring.wanted()).isEmpty();
    }

    @Test
    void whatMustBeHeardTakesTheSlotOfWhatCameLastAndGivesItBack() {
        var market = new CallId("market");
        wiring.leg(LEG);
        wiring.hear(TOWN, Sources.channel(TOWN));
        wiring.hear(CALL, Sources.channel(CALL));

        assertThat(wiring.hear(market, Sources.channel(market))).isFalse();
        assertThat(wiring.hearAhead(market, Sources.channel(market))).isTrue();
        assertThat(wiring.voices()).isEqualTo(Map.of("v0", TOWN, "v1", market));

        wiring.unhear(market);
        assertThat(wiring.voices()).isEqualTo(Map.of("v0", TOWN, "v1", CALL));
    }

    @Test
    void whatMustBeHeardDoesNotPushOutItsLike() {
        wiring.leg(LEG);
        for (var id : List.of("a", "b")) {
            assertThat(wiring.hearAhead(new CallId(id), Sources.channel(CALL))).isTrue();
        }

        assertThat(wiring.hearAhead(new CallId("c"), Sources.channel(CALL))).isFalse();
        assertThat(wiring.hearAhead(new CallId("a"), Sources.channel(TOWN))).isTrue();
        assertThat(wiring.voices()).hasSize(2);
    }

    @Test
    void aLegWithFewSlotsCarriesFirstWhatMustBeHeard() {
        var market = new CallId("market");
        wiring.hear(TOWN, Sources.channel(TOWN));
        wiring.hear(CALL, Sources.channel(CALL));
        wiring.hearAhead(market, Sources.channel(market));
        wiring.leg(LEG);

        assertThat(wiring.voices()).isEqualTo(Map.of("v0", market, "v1", TOWN));
    }

    @Test
    void thereIsRoomForACallWhileAVoiceSlotIsFreeOrAnotherCallGivesWay() {
        assertThat(wiring.hasRoom()).isTrue();
        wiring.leg(LEG);
        wiring.hear(TOWN, Sources.channel(TOWN));
        wiring.hear(new CallId("team"), Sources.channel(TOWN));
        assertThat(wiring.hasRoom()).isTrue();

        wiring.hearAhead(CALL, Sources.channel(CALL));
        wiring.hearAhead(new CallId("market"), Sources.channel(CALL));

        assertThat(wiring.hasRoom()).isFalse();
        assertThat(wiring.hears(CALL)).isTrue();
        wiring.unhear(CALL);
        assertThat(wiring.hasRoom()).isTrue();
        assertThat(wiring.hears(CALL)).isFalse();
    }
}
