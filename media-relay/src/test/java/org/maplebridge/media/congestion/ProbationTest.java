package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbationTest {
    private static final long MILLI = 1_000_000L;

    private final Probation probation = new Probation();
    private long now = 77_000 * MILLI;

    @Test
    void admitsEverythingWhileThereIsNone() {
        assertThat(probation.admits(1_000_000)).isTrue();
        assertThat(probation.on()).isFalse();
    }

    @Test
    void doublesWhatIsAdmittedUntilThereIsNoDoubt() {
        probation.begin(120_000);
        int rounds = 0;
        int sent = 0;
        while (probation.on()) {
            while (probation.admits(1_228)) {
                probation.left(1_228, now);
                sent += 1_228;
            }
            probation.calm(now + 100 * MILLI);
            assertThat(probation.admits(1_228)).isFalse();
            now += 250 * MILLI;
            probation.calm(now);
            rounds++;
        }
        assertThat(rounds).isEqualTo(4);
        assertThat(sent).isGreaterThan(Probation.PASSED_BYTES);
        assertThat(probation.admits(1_000_000)).isTrue();
    }

    @Test
    void whatIsNotUsedProvesNothing() {
        probation.begin(120_000);
        probation.left(200, now);
        now += 10_000 * MILLI;
        probation.calm(now);
        assertThat(probation.admits(Probation.FIRST_BYTES)).isFalse();
        assertThat(probation.on()).isTrue();
    }

    @Test
    void knowsWhatWasBeforeWhenItFails() {
        probation.begin(120_000);
        probation.left(2_400, now);
        assertThat(probation.fail()).isEqualTo(120_000);
        assertThat(probation.on()).isFalse();
    }
}
