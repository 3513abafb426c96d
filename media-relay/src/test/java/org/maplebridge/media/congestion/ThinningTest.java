package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final long MILLI = 1_000_000L;

    private final Thinning thinning = new Thinning();
    private long now = 5_000 * MILLI;

    @Test
    void aQueueOfAQuarterSecondIsTooLongWhenItOnlyGrows() {
        assertThat(Thinning.late(240 * MILLI, false)).isFalse();
        assertThat(Thinning.late(260 * MILLI, false)).isTrue();
        assertThat(Thinning.late(900 * MILLI, true)).isFalse();
        assertThat(Thinning.late(1_100 * MILLI, true)).isTrue();
        assertThat(Thinning.stuck(500 * MILLI)).isFalse();
        assertThat(Thinning.stuck(700 * MILLI)).isTrue();
    }

    @Test
    void aPictureThatFitsByNowIsAskedForOnceAndShown() {
        thinning.pause(now);
        assertThat(thinning.asks(true, now + 300 * MILLI)).isFalse();
        assertThat(thinning.asks(true, now + 400 * MILLI)).isTrue();
        assertThat(thinning.asks(true, now + 500 * MILLI)).isFalse();
        assertThat(thinning.resumes(true, now + 600 * MILLI)).isTrue();
    }

    @Test
    void aPictureThatDoesNotFitIsShownNowAndThen() {
        thinning.pause(now);
        assertThat(thinning.resumes(false, now + 1_000 * MILLI)).isFalse();
        assertThat(thinning.asks(false, now + 1_600 * MILLI)).isTrue();
        assertThat(thinning.resumes(false, now + 1_700 * MILLI)).isTrue();
    }

    @Test
    void aRequestThatWasInVainIsRepeated() {
        thinning.pause(now);
        assertThat(thinning.asks(false, now + 2_000 * MILLI)).isTrue();
        assertThat(thinning.asks(false, now + 4_900 * MILLI)).isFalse();
        assertThat(thinning.asks(false, now + 5_100 * MILLI)).isTrue();
    }

    @Test
    void whatMustSoonBeLeftOutAgainWaitsLonger() {
        thinning.pause(now);
        thinning.resume(now + 400 * MILLI);
        now += 1_000 * MILLI;
        thinning.pause(now);
        assertThat(thinning.asks(true, now + 700 * MILLI)).isFalse();
        assertThat(thinning.asks(true, now + 800 * MILLI)).isTrue();

        for (int i = 0; i < 20; i++) {
            thinning.resume(now);
            thinning.pause(now);
        }
        assertThat(thinning.asks(false, now + 2_900 * MILLI)).isFalse();
        assertThat(thinning.asks(false, now + 3_000 * MILLI)).isTrue();
    }

    @Test
    void whatWasShownForLongIsNoFailure() {
        thinning.pause(now);
        thinning.resume(now);
        thinning.pause(now + 1_000 * MILLI);
        thinning.resume(now + 2_000 * MILLI);
        now += 10_000 * MILLI;
        thinning.pause(now);
        assertThat(thinning.asks(true, now + 400 * MILLI)).isTrue();
    }
}
