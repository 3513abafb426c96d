package org.maplebridge.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GapsTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void theLongestTimeWithoutAnythingCountsAtBothEndsToo() {
        var moments = List.of(1 * MILLI, 4 * MILLI, 5 * MILLI, 30 * MILLI);
        assertThat(Gaps.longestMillis(moments, 0, 6 * MILLI)).isEqualTo(3);
        assertThat(Gaps.longestMillis(moments, 0, 15 * MILLI)).isEqualTo(10);
        assertThat(Gaps.longestMillis(moments, 0, 40 * MILLI)).isEqualTo(25);
        assertThat(Gaps.longestMillis(moments, 6 * MILLI, 29 * MILLI)).isEqualTo(23);
    }

    @Test
    void whereNothingCameItIsTheWholeTime() {
        assertThat(Gaps.longestMillis(List.of(), 2 * MILLI, 9 * MILLI)).isEqualTo(7);
    }
}
