package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateAskTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final RateAsk ask = new RateAsk();
    private long now = 50 * SECOND;

    @Test
    void nobodyIsAskedWhileNobodyIsShort() {
        assertThat(ask.due(now)).isZero();
        assertThat(ask.urgent()).isFalse();
        assertThat(ask.told()).isZero();
    }

    @Test
    void aNarrowViewerIsTakenIntoAccountAtOnceAndThenEverySecond() {
        ask.wish(0, 800_000, 1, now);
        assertThat(ask.urgent()).isTrue();
        assertThat(ask.due(now)).isEqualTo(800_000);
        assertThat(ask.urgent()).isFalse();

        int told = 0;
        for (int i = 0; i < 50; i++) {
            now += 100 * MILLI;
            ask.wish(0, 800_000, 1, now);
            told += ask.due(now) > 0 ? 1 : 0;
        }
        assertThat(told).isEqualTo(5);
    }

    @Test
    void theNarrowestOfAllLoopsCounts() {
        ask.wish(2, 900_000, 3, now);
        ask.wish(0, 700_000, 3, now);
        ask.wish(1, 2_000_000, 3, now);

        assertThat(ask.due(now)).isEqualTo(700_000);
    }

    @Test
    void anOnlyViewerGetsWhatItBearsDownToWhatIsOfUse() {
        ask.wish(0, 200_000, 1, now);
        assertThat(ask.due(now)).isEqualTo(200_000);
        ask.wish(0, 60_000, 1, now);
        assertThat(ask.due(now)).isEqualTo(RateAsk.FLOOR).isEqualTo(80_000);
    }

    @Test
    void amongOthersOneNarrowViewerPullsNobodyBelowTheSharedFloor() {
        ask.wish(0, 200_000, 2, now);
        assertThat(ask.due(now)).isEqualTo(RateAsk.SHARED_FLOOR).isEqualTo(500_000);
    }

    @Test
    void lessIsToldAtOnceAndMoreAfterAMoment() {
        ask.wish(0, 800_000, 1, now);
        ask.due(now);
        now += 50 * MILLI;
        ask.wish(0, 600_000, 1, now);
        assertThat(ask.urgent()).isTrue();
        assertThat(ask.due(now)).isEqualTo(600_000);
        now += 100 * MILLI;
        ask.wish(0, 900_000, 1, now);
        assertThat(ask.urgent()).isFalse();
        assertThat(ask.due(now)).isZero();
        now += 100 * MILLI;
        assertThat(ask.due(now)).isEqualTo(900_000);
    }

    @Test
    void aLimitNobodyRenewsIsRaisedStepByStepAndThenNone() {
        ask.wish(0, 1_000_000, 1, now);
        ask.due(now);
        List<Long> told = tellFor(12);

        assertThat(told).isSorted();
        assertThat(told.getFirst()).isEqualTo(1_500_000);
        assertThat(told).endsWith(RateAsk.UNLIMITED, RateAsk.UNLIMITED, RateAsk.UNLIMITED);
        assertThat(told).hasSizeLessThan(15);
        assertThat(ask.told()).isZero();
    }

    @Test
    void aViewerThatIsShortAgainEndsTheRelease() {
        ask.wish(0, 1_000_000, 1, now);
        ask.due(now);
        tellFor(3);
        ask.wish(0, 1_000_000, 1, now);

        assertThat(ask.due(now)).isEqualTo(1_000_000);
    }

    @Test
    void aWishWithoutLimitIsNone() {
        ask.wish(0, Long.MAX_VALUE, 1, now);
        assertThat(ask.urgent()).isFalse();
        assertThat(ask.due(now)).isZero();
    }

    private List<Long> tellFor(int seconds) {
        var told = new ArrayList<Long>();
        for (int i = 0; i < seconds * 10; i++) {
            now += 100 * MILLI;
            long due = ask.due(now);
            if (due > 0 && i >= 9) { // a wish holds for a second
                told.add(due);
            }
        }
        return told;
    }
}
