package org.maplebridge.signaling.scene.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadTest {
    @Test
    void aFullNodeIsToldStepByStep() {
        var load = Load.NONE;
        var told = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            var next = load.with(1);
            if (next.told() != load.told()) {
                told.append(next.told()).append(' ');
            }
            load = next;
        }
        assertThat(told.toString()).isEqualTo("0.25 0.5 0.75 1.0 ");
    }

    @Test
    void whatCannotBeMeasuredCountsAsNothing() {
        assertThat(Load.NONE.with(Double.NaN)).isEqualTo(Load.NONE);
        assertThat(Load.NONE.with(-1)).isEqualTo(Load.NONE);
        assertThat(Load.NONE.with(1e9).smooth()).isLessThanOrEqualTo(1);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoHoversAtABorderIsToldRarely(long seed) {
        var random = new SplittableRandom(seed);
        double centre = random.nextDouble(0.1, 0.9);
        var load = Load.NONE;
        int changes = 0;
        for (int i = 0; i < 720; i++) { // an hour
            var next = load.with(centre + random.nextDouble(-0.1, 0.1));
            changes += next.told() == load.told() ? 0 : 1;
            load = next;
            assertThat(load.told()).isBetween(0.0, 1.0);
        }
        assertThat(changes).isLessThanOrEqualTo(6);
        assertThat(Math.abs(load.told() - centre)).isLessThan(0.25);
    }
}
