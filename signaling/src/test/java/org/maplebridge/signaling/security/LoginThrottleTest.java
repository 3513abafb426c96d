package org.maplebridge.signaling.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.signaling.security.LoginThrottle.FIRST_WAIT_NANOS;
import static org.maplebridge.signaling.security.LoginThrottle.FORGET_NANOS;
import static org.maplebridge.signaling.security.LoginThrottle.FREE_TRIES;
import static org.maplebridge.signaling.security.LoginThrottle.FREE_TRIES_PER_ADDRESS;
import static org.maplebridge.signaling.security.LoginThrottle.LONGEST_WAIT_NANOS;

import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final LoginThrottle throttle = new LoginThrottle();

    @Test
    void aFewTypingErrorsCostNothing() {
        fail("ann", "a", FREE_TRIES - 1);

        assertThat(throttle.waitNanos("ann", "a", 0)).isZero();
    }

    @Test
    void theWaitDoublesUpToALimit() {
        fail("ann", "a", FREE_TRIES);
        assertThat(throttle.waitNanos("ann", "a", 0)).isEqualTo(FIRST_WAIT_NANOS);
        fail("ann", "a", 1);
        assertThat(throttle.waitNanos("ann", "a", 0)).isEqualTo(2 * FIRST_WAIT_NANOS);
        fail("ann", "a", 40);
        assertThat(throttle.waitNanos("ann", "b", 0)).isEqualTo(LONGEST_WAIT_NANOS);
    }

    @Test
    void waitingHelpsAndARightPasswordForgivesTheAccount() {
        fail("ann", "a", FREE_TRIES);
        assertThat(throttle.waitNanos("ann", "a", FIRST_WAIT_NANOS)).isZero();

        throttle.succeeded("ann");
        assertThat(throttle.waitNanos("ann", "a", 0)).isZero();
    }

    @Test
    void oneAddressCannotTryAllAccounts() {
        for (int i = 0; i < FREE_TRIES_PER_ADDRESS; i++) {
            throttle.failed("account" + i, "a", 0);
        }
        assertThat(throttle.waitNanos("another", "a", 0)).isPositive();
        assertThat(throttle.waitNanos("another", "b", 0)).isZero();
    }

    @Test
    void afterAQuietWhileEverythingIsForgotten() {
        fail("ann", "a", FREE_TRIES + 3);
        throttle.failed("ann", "a", FORGET_NANOS);

        assertThat(throttle.waitNanos("ann", "a", FORGET_NANOS)).isZero();
    }

    private void fail(String account, String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(account, address, 0);
        }
    }
}
