package org.maplebridge.media.forward.repair;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LossRepairTest {
    private static final long MILLI = 1_000_000L;

    private final LossRepair repair = new LossRepair();
    private final int[] into = new int[64];

    @Test
    void waitsForReorderingToSettleBeforeItAsks() {
        repair.missing(10, 12, 0);

        assertThat(repair.due(into, 4 * MILLI)).isZero();
        assertThat(repair.due(into, 8 * MILLI)).isEqualTo(2);
        assertThat(into).startsWith(10, 11);
    }

    @Test
    void asksAgainOnceARoundTrip() {
        repair.learnRoundTrip(40 * MILLI);
        repair.missing(10, 11, 0);
        assertThat(repair.due(into, 8 * MILLI)).isOne();

        assertThat(repair.due(into, 50 * MILLI)).isZero();
        assertThat(repair.due(into, 58 * MILLI)).isOne();
    }

    @Test
    void givesUpAfterASecond() {
        repair.missing(10, 11, 0);
        int asked = 0;
        for (long now = 0; now < 1_500 * MILLI; now += 5 * MILLI) {
            asked += repair.due(into, now);
        }

        assertThat(asked).isBetween(4, LossRepair.MOST_TRIES);
        assertThat(repair.idle()).isTrue();
        assertThat(repair.givenUp()).isOne();
    }

    @Test
    void stopsAskingForWhatCame() {
        repair.missing(10, 14, 0);
        repair.came(11, MILLI);
        repair.came(99, MILLI);

        assertThat(repair.due(into, 10 * MILLI)).isEqualTo(3);
        assertThat(into).startsWith(10, 12, 13);
    }

    @Test
    void learnsTheRoundTripFromTheAnswer() {
        repair.missing(10, 11, 0);
        repair.due(into, 10 * MILLI);
        repair.came(10, 70 * MILLI);

        assertThat(repair.roundTripNanos()).isEqualTo(60 * MILLI);
    }

    @Test
    void aGapTooLongToRepairIsNotBegun() {
        assertThat(repair.missing(10, 11 + LossRepair.MOST_MISSING, 0)).isFalse();

        assertThat(repair.idle()).isTrue();
        assertThat(repair.missing(10_000, 10_003, 0)).isTrue();
    }

    @Test
    void numbersAreAskedForAsTheyStandInHeaders() {
        repair.missing(65_534, 65_538, 0);
        repair.due(into, 10 * MILLI);

        assertThat(into).startsWith(65_534, 65_535, 0, 1);
    }
}
