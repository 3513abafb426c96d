package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final CountedRate rate = new CountedRate();

    @Test
    void theFirstQuestionHasNothingToCompareWith() {
        assertThat(rate.bitsPerSecond(1_000_000, 5 * SECOND)).isZero();
    }

    @Test
    void theRateIsThatSinceTheQuestionBefore() {
        rate.bitsPerSecond(1_000_000, 5 * SECOND);
        assertThat(rate.bitsPerSecond(1_250_000, 6 * SECOND)).isEqualTo(2_000_000);
        assertThat(rate.bitsPerSecond(1_250_000, 8 * SECOND)).isZero();
    }

    @Test
    void aQuestionAskedAgainAtOnceHasTheSameAnswer() {
        rate.bitsPerSecond(0, 5 * SECOND);
        assertThat(rate.bitsPerSecond(125_000, 6 * SECOND)).isEqualTo(1_000_000);
        assertThat(rate.bitsPerSecond(126_000, 6 * SECOND + 1_000_000)).isEqualTo(1_000_000);
        assertThat(rate.bitsPerSecond(250_000, 7 * SECOND)).isEqualTo(1_000_000);
    }
}
