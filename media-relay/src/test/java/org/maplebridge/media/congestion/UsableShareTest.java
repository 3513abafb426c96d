package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UsableShareTest {
    private static final long TENTH = 100_000_000L;
    private static final long ESTIMATE = 1_000_000;

    private final UsableShare share = new UsableShare();
    private long now = 5_000_000_000L;

    @Test
    void whatPicturesGetWhileTheyWaitIsLearned() {
        look(40, 6_000, true, true);

        assertThat(share.of(true)).isCloseTo(0.48, within(0.02));
        assertThat(share.of(false)).isCloseTo(0.95, within(0.001));
    }

    @Test
    void aShareMeasuredInABadMomentIsForgottenWhenNothingWaits() {
        look(40, 6_000, true, true);
        look(200, 5_000, true, false);

        assertThat(share.of(true)).isCloseTo(0.8, within(0.001));
    }

    @Test
    void moreThanUsualStays() {
        look(40, 11_250, true, true);
        look(200, 5_000, true, false);

        assertThat(share.of(true)).isCloseTo(0.9, within(0.02));
    }

    private void look(int times, int bytes, boolean talk, boolean waited) {
        for (int i = 0; i < times; i++) {
            now += TENTH;
            share.left(bytes);
            share.look(ESTIMATE, talk, waited, now);
        }
    }
}
