package org.maplebridge.dispatch.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckInTest {
    private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");

    @Test
    void aDeviceMayHaveBeenWithoutNetworkForDaysAndAheadByMinutes() {
        assertThat(CheckIn.isPlausible(NOW.minus(Duration.ofDays(3)), NOW)).isTrue();
        assertThat(CheckIn.isPlausible(NOW.plusSeconds(120), NOW)).isTrue();
        assertThat(CheckIn.isPlausible(NOW.plusSeconds(121), NOW)).isFalse();
        assertThat(CheckIn.isPlausible(NOW.minus(Duration.ofDays(3)).minusMillis(1), NOW))
                .isFalse();
    }
}
