package org.maplebridge.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceUnwrapperTest {
    @ParameterizedTest(name = "from {0}")
    @ValueSource(ints = {0, 1, 32_767, 32_768, 65_534, 65_535})
    void numbersGoOnOverWraps(int start) {
        var unwrapper = new SequenceUnwrapper();
        var random = new SplittableRandom(start);
        long offset = unwrapper.unwrap(start) - start;
        long truth = start;
        long highest = start;
        for (int i = 0; i < 5_000; i++) {
            truth = highest + random.nextInt(-2_000, 4_000);
            assertThat(unwrapper.peek((int) truth & 0xffff)).isEqualTo(truth + offset);
            assertThat(unwrapper.unwrap((int) truth & 0xffff)).isEqualTo(truth + offset);
            highest = Math.max(highest, truth);
            assertThat(unwrapper.highest()).isEqualTo(highest + offset);
        }
        assertThat(highest).isGreaterThan(10 * 65_536L);
    }

    @Test
    void packetsBeforeTheFirstOneStayPositive() {
        var unwrapper = new SequenceUnwrapper();
        long first = unwrapper.unwrap(3);

        assertThat(unwrapper.unwrap(65_530)).isEqualTo(first - 9).isPositive();
    }

    @Test
    void lookingRemembersNothing() {
        var unwrapper = new SequenceUnwrapper();
        unwrapper.peek(500);
        assertThat(unwrapper.highest()).isEqualTo(-1);
        unwrapper.unwrap(10);
        unwrapper.peek(30_000);
        assertThat(unwrapper.highest()).isEqualTo(65_546);

        unwrapper.reset();
        assertThat(unwrapper.unwrap(7)).isEqualTo(65_543);
    }
}
