package org.maplebridge.load.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {
    private static final int ROUNDS = 20;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void noiseIsFlatAndALeakIsNot() {
        var noise = readings(100, 0);
        var leak = readings(100, 0.5);
        assertThat(Flatness.of(noise).isFlat(ROUNDS, 0.05, 0)).isTrue();
        assertThat(Flatness.of(leak).isFlat(ROUNDS, 0.05, 0)).isFalse();
        assertThat(Flatness.of(leak).growth(ROUNDS)).isCloseTo(10, within(3.0));
    }

    @Test
    void oneReadingAtABadMomentBendsNothing() {
        var flat = Flatness.of(List.of(5.0, 5.0, 900.0, 5.0, 5.0, 5.0, 5.0));
        assertThat(flat.slope()).isZero();
        assertThat(flat.first()).isEqualTo(5);
        assertThat(flat.last()).isEqualTo(5);
    }

    @Test
    void onesAreAllowedByCount() {
        var oneMore = Flatness.of(List.of(40.0, 40.0, 41.0, 41.0, 42.0, 42.0));
        assertThat(oneMore.isFlat(6, 0, 4)).isTrue();
        assertThat(oneMore.isFlat(ROUNDS, 0, 4)).isFalse();
    }

    @Test
    void whatGetsLessIsFlat() {
        assertThat(Flatness.of(List.of(9.0, 8.0, 7.0, 6.0)).isFlat(ROUNDS, 0, 0)).isTrue();
    }

    @Test
    void twoReadingsSayNothing() {
        assertThatThrownBy(() -> Flatness.of(List.of(1.0, 2.0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<Double> readings(double from, double slope) {
        return IntStream.range(0, ROUNDS)
                .mapToObj(i -> from + slope * i + random.nextDouble(-2, 2))
                .toList();
    }
}
