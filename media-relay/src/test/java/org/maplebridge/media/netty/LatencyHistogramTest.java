package org.maplebridge.media.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void countsEachDatagramInTheFirstBucketThatHoldsIt() {
        var histogram = new LatencyHistogram();
        histogram.record(1, 3);
        histogram.record(25_000, 1);
        histogram.record(25_001, 5);
        histogram.record(3_600_000_000_000L, 2);

        long[] counts = new long[LatencyHistogram.BOUNDS_NANOS.length + 1];
        histogram.addTo(counts);

        assertThat(counts[0]).isEqualTo(4);
        assertThat(counts[1]).isEqualTo(5);
        assertThat(counts[counts.length - 1]).isEqualTo(2);
        assertThat(counts).hasSize(18);
        assertThat(histogram.sumNanos())
                .isEqualTo(3 + 25_000 + 5 * 25_001 + 2 * 3_600_000_000_000L);
    }
}
