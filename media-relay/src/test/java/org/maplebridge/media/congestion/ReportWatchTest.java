package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportWatchTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long SENT = 2_000_000;

    private final ReportWatch reports = new ReportWatch();
    private long now = 10 * SECOND;

    @Test
    void reportsWithoutLossAndWaitAllowMore() {
        assertThat(report(0, 30)).isZero();
        assertThat(report(0.01, 40)).isZero();
        assertThat(report(0, -1)).isZero();
    }

    @Test
    void halfOfAllLostMeansThatHalfGetsThrough() {
        assertThat(report(0.5, 30)).isEqualTo(SENT / 2);
    }

    @Test
    void aRoundTripThatGrewMeansAQueue() {
        report(0, 30);
        assertThat(report(0, 100)).isNegative();
        assertThat(report(0, 110)).isBetween(SENT * 8 / 10, SENT * 95 / 100);
    }

    @Test
    void aLongWaitNeedsNoSecondReport() {
        report(0, 30);
        assertThat(report(0, 430)).isEqualTo(SENT * 6 / 10);
    }

    @Test
    void whatWasReportedBeforeADecreaseShowsIsNotHeldAgainstIt() {
        assertThat(report(0.5, 30)).isPositive();
        assertThat(report(0.5, 30)).isNegative();
    }

    @Test
    void aRoundTripOfAnotherWayIsNoQueue() {
        report(0, 30);
        reports.forget();
        assertThat(report(0, 300)).isZero();
    }

    private long report(double loss, long roundTripMillis) {
        now += SECOND;
        long roundTrip = roundTripMillis < 0 ? -1 : roundTripMillis * MILLI;
        return reports.capacity(loss, roundTrip, SENT, now);
    }
}
