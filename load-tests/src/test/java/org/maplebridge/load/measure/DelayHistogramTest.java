package org.maplebridge.load.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;

class DelayHistogramTest {
    @Test
    void findsPercentilesWithinItsBucketsWidth() {
        var histogram = new DelayHistogram();
        for (int micros = 1; micros <= 10_000; micros++) {
            histogram.record(micros * 1_000L);
        }
        assertThat(histogram.percentileMicros(0.5)).isCloseTo(5_000, withPercentage(4));
        assertThat(histogram.percentileMicros(0.99)).isCloseTo(9_900, withPercentage(4));
        assertThat(histogram.percentileMicros(0.999)).isCloseTo(9_990, withPercentage(4));
        assertThat(histogram.total()).isEqualTo(10_000);
    }

    @Test
    void takesWhateverAClockThatJumpsMayGive() {
        var histogram = new DelayHistogram();
        histogram.record(-5);
        histogram.record(0);
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.total()).isEqualTo(3);
        assertThat(histogram.percentileMicros(0.5)).isLessThan(1);
    }

    @Test
    void isZeroWhileEmptyAndAddsUp() {
        var histogram = new DelayHistogram();
        assertThat(histogram.percentileMicros(0.99)).isZero();
        var other = new DelayHistogram();
        other.record(1_000_000);
        histogram.add(other);
        assertThat(histogram.percentileMicros(0.5)).isCloseTo(1_000, withPercentage(4));
        histogram.clear();
        assertThat(histogram.total()).isZero();
    }
}
