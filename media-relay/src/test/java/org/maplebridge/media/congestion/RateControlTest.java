package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.maplebridge.media.congestion.RateControl.Phase;

class RateControlTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long STEP = 50_000_000L;

    private final RateControl rates = new RateControl();
    private long now = 10 * SECOND;

    @Test
    void linksAreFastUntilOneProvesNarrow() {
        assertThat(rates.estimate()).isEqualTo(2_500_000);
    }

    @Test
    void aFullLinkLowersTheEstimateBelowItsSpeedAtOnce() {
        rates.decrease(1_000_000, now);

        assertThat(rates.estimate()).isEqualTo(900_000);
        assertThat(rates.phase()).isEqualTo(Phase.DECREASE);
    }

    @Test
    void nothingLowersItBelowTheFloor() {
        rates.decrease(1, now);
        rates.decrease(0, now);

        assertThat(rates.estimate()).isEqualTo(RateControl.FLOOR).isEqualTo(100_000);
    }

    @Test
    void aLinkFoundFullIsNotTriedAgainForThreeSeconds() {
        rates.decrease(1_000_000, now);
        grow(2_900, 1_000_000);

        assertThat(rates.estimate()).isEqualTo(900_000);
        assertThat(rates.phase()).isEqualTo(Phase.HOLD);
    }

    @Test
    void theEstimateCreepsWhereTheLinkWasFoundFull() {
        rates.decrease(1_000_000, now);
        grow(5_000, 1_000_000);

        assertThat(rates.estimate()).isBetween(960_000L, 1_060_000L);
        assertThat(rates.nearFull()).isTrue();
    }

    @Test
    void aLinkThatBecameFasterIsFoundOutWithinTenSeconds() {
        rates.decrease(1_000_000, now);
        grow(10_000, 2_500_000);

        assertThat(rates.estimate()).isGreaterThan(2_000_000);
    }

    @Test
    void whatIsNotSentProvesNothingBeyondWhatWasMeasured() {
        rates.decrease(1_000_000, now);
        grow(2_900, 300_000);
        assertThat(rates.estimate()).isEqualTo(900_000);
        grow(60_000, 300_000);

        assertThat(rates.estimate()).isEqualTo(970_000);
    }

    @Test
    void aQueueThatBuildsUpHoldsTheEstimate() {
        rates.decrease(1_000_000, now);
        grow(3_500, 1_000_000);
        long before = rates.estimate();
        for (int i = 0; i < 100; i++) {
            now += STEP;
            rates.hold(now);
        }

        assertThat(rates.estimate()).isEqualTo(before);
        assertThat(rates.phase()).isEqualTo(Phase.HOLD);
    }

    @Test
    void aDecreaseThatWasAMistakeIsTakenBack() {
        rates.decrease(1_000_000, now);
        rates.restore(2_500_000);
        rates.restore(800_000);

        assertThat(rates.estimate()).isEqualTo(2_500_000);
    }

    @Test
    void anOpenLinkIsHeldForWhatGetsThrough() {
        rates.follow(8_000_000);
        assertThat(rates.estimate()).isEqualTo(12_000_000);
        rates.follow(50_000);
        assertThat(rates.estimate()).isEqualTo(RateControl.START);
    }

    private void grow(int millis, long delivered) {
        for (int i = 0; i < millis / 50; i++) {
            now += STEP;
            rates.increase(delivered, now);
        }
    }

    @Test
    void betweenNodesTheFloorIsHigher() {
        var node = new RateControl(1_000_000);
        node.decrease(20_000, 0);

        assertThat(node.estimate()).isEqualTo(1_000_000);
    }
}
