package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final long SECOND = 1_000_000_000L;

    private final Patience patience = new Patience();

    @Test
    void aPacedLinkMakesNobodyWaitAndAnOpenOneALittle() {
        assertThat(patience.ends(standing(2_000), true)).isFalse();
        assertThat(patience.ends(standing(4_000), true)).isTrue();
        assertThat(patience.ends(standing(20_000), false)).isFalse();
        assertThat(patience.ends(standing(26_000), false)).isTrue();
        assertThat(patience.tried(standing(2_000))).isTrue();
        assertThat(patience.tried(standing(1_000))).isFalse();
    }

    @Test
    void aQueueOfOursMeansLess() {
        assertThat(patience.ended(5_000, true, SECOND)).isTrue();
        assertThat(patience.micros()).isEqualTo(Patience.LEAST_MICROS);
    }

    @Test
    void aRestlessLinkIsBorneAndForgottenInTwentySeconds() {
        assertThat(patience.ended(8_000, false, SECOND)).isFalse();
        assertThat(patience.ends(standing(15_000), true)).isFalse();

        for (int i = 0; i < 40; i++) {
            patience.calm(SECOND + i * SECOND);
        }
        assertThat(patience.micros()).isLessThan(6_000);
    }

    @Test
    void noLinkIsSoRestless() {
        patience.ended(20_000, false, SECOND);
        assertThat(patience.micros()).isEqualTo(Patience.RESTLESS_MICROS);

        assertThat(patience.ended(60_000, false, 2 * SECOND)).isTrue();
        assertThat(patience.micros()).isEqualTo(Patience.LEAST_MICROS);
    }

    @Test
    void givingWayWithoutEffectEnds() {
        for (int i = 0; i < 3; i++) {
            assertThat(patience.ended(200_000, true, i * SECOND)).isTrue();
        }
        assertThat(patience.ended(200_000, true, 3 * SECOND)).isFalse();
        assertThat(patience.micros()).isEqualTo(300_000);
    }

    @Test
    void aDecreaseThatHelpedIsNotHeldAgainstTheNext() {
        for (int i = 0; i < 20; i++) {
            assertThat(patience.ended(5_000, true, i * SECOND)).isTrue();
            patience.calm(i * SECOND);
        }
    }

    private static QueueWatch standing(long micros) {
        var watch = new QueueWatch();
        for (int i = 0; i < 20; i++) {
            watch.arrived(i * 20_000L, i * 20_000L + (i < 5 ? 0 : micros), 100, 0);
        }
        return watch;
    }
}
