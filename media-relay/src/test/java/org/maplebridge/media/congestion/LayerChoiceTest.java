package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.congestion.LayerChoice.Picture;

class LayerChoiceTest {
    private static final long[] BITS = {150_000, 450_000, 1_700_000};

    @Test
    void aTileIsWorthWhatItHasPixelsFor() {
        assertThat(LayerChoice.mostFor(400, 3)).isZero();
        assertThat(LayerChoice.mostFor(401, 3)).isOne();
        assertThat(LayerChoice.mostFor(801, 3)).isEqualTo(2);
        assertThat(LayerChoice.mostFor(0, 3)).isEqualTo(2);
        assertThat(LayerChoice.mostFor(1_920, 2)).isOne();
        assertThat(LayerChoice.mostFor(1_920, 1)).isZero();
    }

    @Test
    void withoutALimitEveryTileGetsWhatItIsWorth() {
        assertThat(choose(Long.MAX_VALUE, 320, 640, 1_280)).containsExactly(0, 1, 2);
    }

    @Test
    void everybodyHasTheLowestBeforeAnybodyHasMore() {
        assertThat(choose(600_000, 1_280, 1_280, 1_280)).containsExactly(0, 0, 0);
        assertThat(choose(100_000, 1_280, 640)).containsExactly(0, 0);
    }

    @Test
    void theLargestTileClimbsFirstAndAllOneStepBeforeAnyTwo() {
        assertThat(choose(1_000_000, 640, 1_280, 900)).containsExactly(0, 1, 0);
        assertThat(choose(1_300_000, 640, 1_280, 900)).containsExactly(0, 1, 1);
        assertThat(choose(2_600_000, 640, 1_280, 900)).containsExactly(1, 2, 1);
    }

    @Test
    void aLayerThatCannotBeHadIsPassedOver() {
        var noMiddle = new Picture(new long[] {150_000, -1, 1_700_000}, 2, 1_280);
        var noLow = new Picture(new long[] {-1, 450_000, 1_700_000}, 0, 320);
        var none = new Picture(new long[] {-1, -1, -1}, 2, 1_280);
        assertThat(LayerChoice.choose(List.of(noMiddle, noLow, none), 5_000_000))
                .containsExactly(2, 1, 0);
        var onlyLow = new Picture(new long[] {150_000, -1, -1}, 2, 1_280);
        assertThat(LayerChoice.choose(List.of(onlyLow), 5_000_000)).containsExactly(0);
        var smallCamera = new Picture(new long[] {150_000, -1, 900_000}, 1, 640);
        assertThat(LayerChoice.choose(List.of(smallCamera), 5_000_000)).containsExactly(2);
    }

    private static int[] choose(long budget, int... widths) {
        var pictures =
                java.util.Arrays.stream(widths)
                        .mapToObj(width ->
                                new Picture(BITS, LayerChoice.mostFor(width, BITS.length), width))
                        .toList();
        return LayerChoice.choose(pictures, budget);
    }
}
