package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpeningTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TENTH = SECOND / 10;

    private final Opening opening = new Opening();
    private long now = 100 * SECOND;

    @Test
    void fiveQuietSecondsWithClearlyMoreThanIsSentOpen() {
        opening.closed(now);

        assertThat(secondsUntilOpen(2_000_000, 1_000_000)).isBetween(4.9, 5.2);
    }

    @Test
    void aPublisherThatSendsAllTheLinkBearsMayBeHeldBackByIt() {
        opening.closed(now);

        assertThat(secondsUntilOpen(1_200_000, 1_000_000)).isEqualTo(200);
    }

    @Test
    void enoughForAMomentIsNotEnough() {
        opening.closed(now);
        now += 10 * SECOND;
        assertThat(opening.due(2_000_000, 1_000_000, now)).isFalse();
        now += SECOND;
        assertThat(opening.due(1_000_000, 1_000_000, now)).isFalse();

        assertThat(secondsUntilOpen(2_000_000, 1_000_000)).isBetween(1.9, 2.2);
    }

    @Test
    void everyRelapseDoublesTheWait() {
        double[] expected = {5, 10, 20, 40, 80, 80};
        for (double seconds : expected) {
            opening.closed(now);
            assertThat(secondsUntilOpen(2_000_000, 1_000_000))
                    .isBetween(seconds - 0.1, seconds + 0.2);
            opening.opened(now);
            now += 10 * SECOND;
        }
    }

    @Test
    void anOpeningThatLastedIsNoRelapse() {
        opening.closed(now);
        secondsUntilOpen(2_000_000, 1_000_000);
        opening.opened(now);
        now += 61 * SECOND;
        opening.closed(now);

        assertThat(secondsUntilOpen(2_000_000, 1_000_000)).isBetween(4.9, 5.2);
    }

    @Test
    void troubleBeginsTheWaitAnew() {
        opening.closed(now);
        now += 4 * SECOND;
        opening.trouble(now);

        assertThat(secondsUntilOpen(2_000_000, 1)).isBetween(4.9, 5.2);
    }

    @Test
    void withoutAPictureNothingIsOpened() {
        opening.closed(now);

        assertThat(secondsUntilOpen(2_000_000, 0)).isGreaterThan(199);
    }

    private double secondsUntilOpen(long bears, long offered) {
        long from = now;
        while (!opening.due(bears, offered, now) && now - from < 200 * SECOND) {
            now += TENTH;
        }
        return (now - from) / 1e9;
    }
}
