package org.maplebridge.signaling.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.session.Lifeline.RESUME_NANOS;
import static org.maplebridge.signaling.session.Lifeline.SILENCE_NANOS;

import org.junit.jupiter.api.Test;
import org.maplebridge.signaling.session.Lifeline.Verdict;

class LifelineTest {
    private final Lifeline fresh = new Lifeline(true, 0);

    @Test
    void everySignOfLifeBuysAnotherThirtySeconds() {
        var heard = fresh.heard(SILENCE_NANOS - 1);

        assertThat(fresh.verdict(SILENCE_NANOS)).isEqualTo(Verdict.SILENT);
        assertThat(heard.verdict(SILENCE_NANOS)).isEqualTo(Verdict.ALIVE);
        assertThat(heard.verdict(2 * SILENCE_NANOS - 1)).isEqualTo(Verdict.SILENT);
    }

    @Test
    void aLostSessionWaitsThirtySecondsAndNoLonger() {
        var lost = fresh.lost(5);

        assertThat(lost.verdict(5 + RESUME_NANOS - 1)).isEqualTo(Verdict.ALIVE);
        assertThat(lost.lost(100).verdict(5 + RESUME_NANOS)).isEqualTo(Verdict.GONE);
    }

    @Test
    void comingBackStopsTheClock() {
        var back = fresh.lost(5).attached(RESUME_NANOS);

        assertThat(back.verdict(5 + RESUME_NANOS)).isEqualTo(Verdict.ALIVE);
    }

    @Test
    void countsOnAcrossTheWrapOfTheClock() {
        var early = new Lifeline(true, Long.MAX_VALUE - 10);

        assertThat(early.verdict(Long.MIN_VALUE + 10)).isEqualTo(Verdict.ALIVE);
    }
}
