package org.maplebridge.signaling.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceIdsTest {
    /// As `printf order-1 | sha256sum` says.
    @Test
    void aTraceIsFoundByTheHashOfItsSubject() {
        assertThat(TraceIds.trace("order-1") + TraceIds.root("order-1"))
                .isEqualTo("0bafe22156d2698c143b86040446d366ead863ba600d5c92");
    }

    @Test
    void spansOfDifferentNodesNamesAndTimesDiffer() {
        var trace = TraceIds.trace("order-1");
        assertThat(TraceIds.span(trace, "node-1", "order.read", 7, 8))
                .hasSize(16)
                .isEqualTo(TraceIds.span(trace, "node-1", "order.read", 7, 8))
                .isNotEqualTo(TraceIds.span(trace, "node-2", "order.read", 7, 8))
                .isNotEqualTo(TraceIds.span(trace, "node-1", "order.step", 7, 8))
                .isNotEqualTo(TraceIds.span(trace, "node-1", "order.read", 6, 8));
    }

    @Test
    void aShareOfAllTracesIsTold() {
        assertThat(told(0)).isZero();
        assertThat(told(1)).isEqualTo(10_000);
        assertThat(told(0.25)).isBetween(2_300L, 2_700L);
        assertThat(TraceIds.isTold("0".repeat(32), 0)).isFalse();
        assertThat(TraceIds.isTold("f".repeat(32), 1)).isTrue();
    }

    private static long told(double share) {
        return IntStream.range(0, 10_000)
                .filter(i -> TraceIds.isTold(TraceIds.trace("order-" + i), share))
                .count();
    }
}
