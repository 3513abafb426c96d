package org.maplebridge.signaling.trace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What is measured by the clock that never jumps, told by the one on the wall.
///
/// @param nanos on the clock of [System#nanoTime]
public record TraceClock(InstantSource clock, LongSupplier nanos) {
    private static final long SECOND = 1_000_000_000L;

    /// Both clocks at one moment.
    record Both(long epochNanos, long nanos) {
        long epoch(long atNanos) {
            return epochNanos - (nanos - atNanos);
        }
    }

    long now() {
        return nanos.getAsLong();
    }

    Both both() {
        Instant wall = clock.instant();
        return new Both(wall.getEpochSecond() * SECOND + wall.getNano(), nanos.getAsLong());
    }
}
