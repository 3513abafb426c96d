package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecondTryTest {
    private static final long SECOND = 1_000_000_000L;

    private final SecondTry tries = new SecondTry();
    private long now = 50 * SECOND;

    @Test
    void aLinkTriedInVainIsTriedMoreSeldom() {
        assertThat(secondsUntilDue(300_000)).isEqualTo(15);
        assertThat(secondsUntilDue(300_000)).isEqualTo(30);
        assertThat(secondsUntilDue(300_000)).isEqualTo(60);
        assertThat(secondsUntilDue(300_000)).isEqualTo(80);
        assertThat(secondsUntilDue(300_000)).isEqualTo(80);
    }

    @Test
    void aLinkThatBorePicturesForAWhileIsTriedSoonAgain() {
        secondsUntilDue(300_000);
        secondsUntilDue(300_000);
        now += 20 * SECOND;
        assertThat(tries.due(false, 900_000, now)).isFalse();

        assertThat(secondsUntilDue(300_000)).isEqualTo(15);
    }

    @Test
    void aLinkOfNearlyNothingIsTriedGently() {
        assertThat(SecondTry.gently(150_000)).isTrue();
        assertThat(SecondTry.gently(200_000)).isFalse();
        assertThat(secondsUntilDue(150_000)).isEqualTo(5);
        assertThat(secondsUntilDue(150_000)).isEqualTo(10);
        assertThat(secondsUntilDue(150_000)).isEqualTo(20);
    }

    private int secondsUntilDue(long estimate) {
        int seconds = 0;
        while (!tries.due(true, estimate, now) && seconds < 600) {
            now += SECOND;
            seconds++;
        }
        return seconds;
    }
}
