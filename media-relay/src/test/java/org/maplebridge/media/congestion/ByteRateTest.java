package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteRateTest {
    private static final long MILLI = 1_000_000L;

    private final ByteRate rate = new ByteRate();

    @Test
    void nothingIsNoRate() {
        assertThat(rate.bitsPerSecond(5 * MILLI)).isZero();
    }

    @Test
    void aSteadyStreamHasItsRateFromItsBeginningOn() {
        for (long at = 0; at < 3_000; at += 10) {
            rate.add(1_250, at * MILLI);
            if (at >= 200) {
                assertThat(rate.bitsPerSecond(at * MILLI)).isBetween(900_000L, 1_110_000L);
            }
        }
    }

    @Test
    void halfASecondOfSilenceIsNoRate() {
        rate.add(10_000, 100 * MILLI);
        assertThat(rate.bitsPerSecond(120 * MILLI)).isPositive();
        assertThat(rate.bitsPerSecond(700 * MILLI)).isZero();
    }

    @Test
    void whatComesALittleLateCountsAndAClockSetBackBeginsAnew() {
        rate.add(1_000, 1_000 * MILLI);
        rate.add(1_000, 980 * MILLI);
        assertThat(rate.bitsPerSecond(1_049 * MILLI)).isEqualTo(2_000L * 8 * 1_000 / 50);

        rate.add(1_000, 10 * MILLI);
        assertThat(rate.bitsPerSecond(49 * MILLI)).isEqualTo(1_000L * 8 * 1_000 / 50);
    }

    @Test
    void aGapLongerThanTheWindowLeavesNothingBehind() {
        for (long at = 0; at < 500; at += 10) {
            rate.add(1_250, at * MILLI);
        }
        rate.add(1_250, 100_000 * MILLI);
        assertThat(rate.bitsPerSecond(100_049 * MILLI)).isEqualTo(1_250L * 8 * 1_000 / 50);
    }
}
