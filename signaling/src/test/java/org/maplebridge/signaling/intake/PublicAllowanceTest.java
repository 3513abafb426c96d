package org.maplebridge.signaling.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How many pictures and pieces of them people without an account may send.
class PublicAllowanceTest {
    private final AtomicLong now = new AtomicLong();
    private final PublicAllowance allowance = new PublicAllowance(120, 20, now::get);

    @Test
    void oneAddressAnnouncesAHundredAndTwentyAnHour() {
        for (int i = 0; i < 120; i++) {
            assertThat(allowance.upload("10.0.0.1")).isZero();
        }
        assertThat(allowance.upload("10.0.0.1")).isEqualTo(Duration.ofSeconds(30));
        assertThat(allowance.upload("10.0.0.2")).isZero();
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(allowance.upload("10.0.0.1")).isZero();
    }

    @Test
    void allAddressesOfOneSubscriberAreOne() {
        for (int i = 0; i < 240; i++) {
            assertThat(allowance.piece("[2001:db8::" + Integer.toHexString(i) + "]")).isZero();
        }
        assertThat(allowance.piece("2001:db8::ffff")).isPositive();
        assertThat(allowance.piece("2001:db8:0:1::1")).isZero();
    }
}
