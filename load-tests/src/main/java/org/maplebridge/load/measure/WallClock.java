package org.maplebridge.load.measure;

import java.time.Instant;

/// The time of day, which the kernel's arrival times are in too.
public final class WallClock {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    private WallClock() {}

    /// Since 1970.
    public static long nanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /// As sender reports have it: seconds since 1900 and fractions, 32 bits each.
    public static long ntp() {
        Instant now = Instant.now();
        long fraction = ((long) now.getNano() << 32) / 1_000_000_000L;
        return now.getEpochSecond() + SECONDS_1900_TO_1970 << 32 | fraction;
    }
}
