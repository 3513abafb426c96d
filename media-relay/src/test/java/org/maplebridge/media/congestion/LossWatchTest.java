package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.congestion.LossWatch.Verdict;

class LossWatchTest {
    private static final long WHOLE = 2_000_000;

    private final LossWatch losses = new LossWatch();

    @Test
    void aFewPacketsSayNothing() {
        count(30, 9);
        assertThat(losses.full(1_000_000_000L)).isFalse();
        losses.missing();
        losses.cameAfterAll();
        count(0, 1);
        assertThat(losses.full(1_000_000_000L)).isTrue();
        assertThat(losses.take(1_000_000_000L)).isCloseTo(10 / 41.0, within(1e-9));
        assertThat(losses.full(2_000_000_000L)).isFalse();
    }

    @Test
    void littleLossIsCalmAndMoreHolds() {
        assertThat(losses.judge(0.01, WHOLE)).isEqualTo(Verdict.CALM);
        assertThat(losses.judge(0.05, WHOLE)).isEqualTo(Verdict.HOLD);
    }

    @Test
    void aTenthTwiceInARowOrAQuarterOnceIsAnOverfullLink() {
        assertThat(losses.judge(0.12, WHOLE)).isEqualTo(Verdict.HOLD);
        assertThat(losses.judge(0.01, WHOLE)).isEqualTo(Verdict.CALM);
        assertThat(losses.judge(0.12, WHOLE)).isEqualTo(Verdict.HOLD);
        assertThat(losses.judge(0.12, WHOLE)).isEqualTo(Verdict.OVERFULL);
        assertThat(losses.judge(0.02, WHOLE / 2)).isEqualTo(Verdict.CALM);
        assertThat(losses.judge(0.30, WHOLE)).isEqualTo(Verdict.OVERFULL);
    }

    @Test
    void lossThatGoesOnAtHalfTheRateIsTheLinksOwn() {
        losses.judge(0.15, WHOLE);
        losses.judge(0.15, WHOLE);

        assertThat(losses.judge(0.14, WHOLE / 2)).isEqualTo(Verdict.ORDINARY);
        for (int i = 0; i < 100; i++) {
            assertThat(losses.judge(0.15, WHOLE)).isEqualTo(Verdict.CALM);
        }
        assertThat(losses.judge(0.55, WHOLE)).isEqualTo(Verdict.OVERFULL);
    }

    @Test
    void anAnswerBeforeLessWasSentIsNone() {
        losses.judge(0.30, WHOLE);

        assertThat(losses.judge(0.30, WHOLE)).isEqualTo(Verdict.OVERFULL);
        assertThat(losses.judge(0.01, WHOLE / 2)).isEqualTo(Verdict.CALM);
    }

    @Test
    void chanceAloneIsNoOverfullLink() {
        var random = new SplittableRandom(7);
        int overfull = 0;
        for (int window = 0; window < 2_000; window++) {
            int missing = 0;
            for (int i = 0; i < 60; i++) {
                missing += random.nextDouble() < 0.04 ? 1 : 0;
            }
            overfull += losses.judge(missing / 60.0, WHOLE) == Verdict.OVERFULL ? 1 : 0;
        }
        assertThat(overfull).isLessThan(5);
    }

    private void count(int received, int missing) {
        for (int i = 0; i < received; i++) {
            losses.received();
        }
        for (int i = 0; i < missing; i++) {
            losses.missing();
        }
    }
}
