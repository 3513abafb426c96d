package org.maplebridge.dispatch.telemetry;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What becomes true within some seconds, because other threads are at work.
public final class Eventually {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(15).toNanos();
    private static final long NAP_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /// Asserts; what fails first may hold later.
    public static void holds(ThrowingAssertion assertion) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - until >= 0) {
                    throw e;
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    public interface ThrowingAssertion {
        void check() throws Exception;
    }
}
