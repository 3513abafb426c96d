package org.maplebridge.signaling.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadWatchTest {
    private final LoadWatch watch = new LoadWatch();

    @Test
    void aBurstIsNoLoad() {
        assertThat(after(0.9, 4)).isEqualTo(LoadLevel.CALM);
        assertThat(after(0.0, 1)).isEqualTo(LoadLevel.CALM);
        assertThat(after(0.9, 4)).isEqualTo(LoadLevel.CALM);
    }

    @Test
    void fiveSecondsInARowReachWhatAllOfThemWereWorth() {
        after(0.9, 3);
        watch.look(0.3);
        assertThat(watch.look(0.9)).isEqualTo(LoadLevel.BUSY);
        assertThat(after(0.45, 5)).isEqualTo(LoadLevel.STRAINED);
        assertThat(after(0.6, 5)).isEqualTo(LoadLevel.OVERLOADED);
    }

    @Test
    void theWorstIsReachedAtOnce() {
        assertThat(after(1, 5)).isEqualTo(LoadLevel.OVERLOADED);
    }

    @Test
    void calmComesBackStepByStepAndSlowly() {
        after(1, 5);
        assertThat(after(0, 4)).isEqualTo(LoadLevel.OVERLOADED);
        assertThat(after(0, 1)).isEqualTo(LoadLevel.STRAINED);
        assertThat(after(0, 5)).isEqualTo(LoadLevel.BUSY);
        assertThat(after(0, 5)).isEqualTo(LoadLevel.CALM);
        assertThat(after(0, 100)).isEqualTo(LoadLevel.CALM);
    }

    @Test
    void whatIsGivenUpIsNotTakenBackWhileItIsOnlyJustEnough() {
        after(0.5, 5);
        assertThat(after(0.2, 100)).isEqualTo(LoadLevel.STRAINED);
        watch.look(0.1);
        watch.look(0.1);
        watch.look(0.29);
        assertThat(after(0.1, 4)).isEqualTo(LoadLevel.STRAINED);
        assertThat(after(0.1, 1)).isEqualTo(LoadLevel.BUSY);
    }

    private LoadLevel after(double lateShare, int seconds) {
        for (int i = 1; i < seconds; i++) {
            watch.look(lateShare);
        }
        return watch.look(lateShare);
    }
}
