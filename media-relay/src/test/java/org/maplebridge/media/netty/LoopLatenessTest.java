package org.maplebridge.media.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopLatenessTest {
    private static final long MILLI = 1_000_000;

    private final LoopLateness lateness = new LoopLateness();

    @Test
    void whatPlayersHideIsNotCounted() {
        for (int i = 0; i < 100; i++) {
            lateness.expect(i * 20 * MILLI);
            lateness.struck(i * 20 * MILLI + 29 * MILLI);
        }
        assertThat(lateness.totalNanos(10_000 * MILLI)).isZero();
    }

    @Test
    void whatIsBeyondThatAddsUp() {
        lateness.expect(0);
        lateness.struck(50 * MILLI);
        lateness.expect(70 * MILLI);
        lateness.struck(110 * MILLI);
        assertThat(lateness.totalNanos(111 * MILLI)).isEqualTo(30 * MILLI);
    }

    @Test
    void aLoopThatDoesNotComeBackIsLateAllTheTime() {
        lateness.expect(0);
        assertThat(lateness.totalNanos(20 * MILLI)).isZero();
        assertThat(lateness.totalNanos(1_030 * MILLI)).isEqualTo(1_000 * MILLI);
        lateness.struck(2_030 * MILLI);
        assertThat(lateness.totalNanos(9_000 * MILLI)).isEqualTo(2_000 * MILLI);
    }
}
