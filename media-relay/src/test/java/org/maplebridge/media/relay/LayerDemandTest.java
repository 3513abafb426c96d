package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerDemandTest {
    private static final long SECOND = 1_000_000_000L;

    private final LayerDemand demand = new LayerDemand(3, 0);

    @Test
    void whatNobodyWatchesIsNotWantedAfterAWhile() {
        assertThat(look(3 * SECOND, false, false, true)).isFalse();
        assertThat(look(4 * SECOND, false, false, true)).isTrue();
        assertThat(wanted()).containsExactly(true, false, true);
    }

    @Test
    void whatIsWatchedAgainIsWantedAtOnce() {
        look(5 * SECOND, false, false, false);
        assertThat(wanted()).containsExactly(true, false, false);
        assertThat(look(6 * SECOND, false, true, false)).isTrue();
        assertThat(wanted()).containsExactly(true, true, false);
        assertThat(look(7 * SECOND, false, true, false)).isFalse();
    }

    private boolean look(long nanos, Boolean... watched) {
        return demand.look(List.of(watched), nanos);
    }

    private List<Boolean> wanted() {
        return List.of(demand.wanted(0), demand.wanted(1), demand.wanted(2));
    }
}
