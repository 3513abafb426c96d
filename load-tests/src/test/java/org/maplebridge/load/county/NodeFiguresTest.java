package org.maplebridge.load.county;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeFiguresTest {
    private static final String TEXT =
            """
            # HELP jvm_memory_used_bytes The amount of used memory
            # TYPE jvm_memory_used_bytes gauge
            jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 1.0E6
            jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 2.5E6
            jvm_memory_used_bytes{area="nonheap",id="Metaspace"} 7.0
            maplebridge_sessions 12.0
            maplebridge_sessions_other 99.0
            grant_seconds_bucket{le="0.001"} 10
            grant_seconds_bucket{le="0.01"} 99
            grant_seconds_bucket{le="+Inf"} 100
            """;

    private final NodeFigures figures = NodeFigures.parse(TEXT);

    @Test
    void sumsOverLabelsAndTakesNoLongerNameForTheSame() {
        assertThat(figures.sum("maplebridge_sessions")).isEqualTo(12);
        assertThat(figures.sum("jvm_memory_used_bytes")).isEqualTo(3_500_007);
        assertThat(figures.sumWith("jvm_memory_used_bytes", "area=\"heap\"")).isEqualTo(3_500_000);
        assertThat(figures.sum("absent")).isZero();
    }

    @Test
    void findsTheBucketThatHoldsAShareOfAllObservations() {
        assertThat(figures.quantile("grant_seconds", 0.1)).isEqualTo(0.001);
        assertThat(figures.quantile("grant_seconds", 0.5)).isEqualTo(0.01);
        assertThat(figures.quantile("grant_seconds", 0.999)).isInfinite();
        assertThat(figures.quantile("absent", 0.5)).isZero();
    }

    @Test
    void aDifferenceCountsOnlyWhatHappenedSince() {
        var later = NodeFigures.parse(TEXT.replace(" 10\n", " 15\n").replace(" 99\n", " 104\n"));

        var since = later.minus(figures);

        assertThat(since.quantile("grant_seconds", 0.5)).isZero();
        assertThat(since.sum("maplebridge_sessions")).isZero();
        assertThat(NodeFigures.parse("").minus(figures).values()).isEmpty();
    }
}
