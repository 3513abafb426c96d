package org.maplebridge.dispatch.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000L;
    private final Allowance allowance = new Allowance(3, Duration.ofSeconds(10), 1_000);

    @Test
    void soManyAtOnceAndThenOneAfterEachWhile() {
        long now = -5 * SECOND;
        for (int i = 0; i < 3; i++) {
            assertThat(allowance.takeNanos("a", now)).isZero();
        }
        assertThat(allowance.takeNanos("a", now)).isEqualTo(10 * SECOND);
        assertThat(allowance.takeNanos("a", now + 4 * SECOND)).isEqualTo(6 * SECOND);
        assertThat(allowance.takeNanos("b", now)).isZero();
        assertThat(allowance.takeNanos("a", now + 10 * SECOND)).isZero();
        assertThat(allowance.takeNanos("a", now + 10 * SECOND)).isEqualTo(10 * SECOND);
        for (int i = 0; i < 3; i++) {
            assertThat(allowance.takeNanos("a", now + 3_600 * SECOND)).isZero();
        }
        assertThat(allowance.takeNanos("a", now + 3_600 * SECOND)).isPositive();
    }

    @Test
    void manyNamesFillNoMemory() {
        for (int i = 0; i < 100_000; i++) {
            allowance.takeNanos("address " + i, 0);
        }
        assertThat(allowance.names()).isEqualTo(1_000);
    }
}
