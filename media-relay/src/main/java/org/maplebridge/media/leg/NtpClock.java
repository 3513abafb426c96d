package org.maplebridge.media.leg;

/// The relay's own wall clock in NTP's form, told from the loop's time (RFC 3550 §4).
///
/// Thread: any, immutable.
public final class NtpClock {
    /// From 1900 to 1970.
    private static final long ERA_SECONDS = 2_208_988_800L;

    private final long offsetNanos;

    /// @param offsetNanos what to add to `nowNanos` to get nanoseconds since 1970
    public NtpClock(long offsetNanos) {
        this.offsetNanos = offsetNanos;
    }

    /// Seconds since 1900 in the upper, fractions in the lower 32 bits.
    public long at(long nowNanos) {
        long since1970 = nowNanos + offsetNanos;
        long seconds = Math.floorDiv(since1970, 1_000_000_000L) + ERA_SECONDS;
        long fraction = (Math.floorMod(since1970, 1_000_000_000L) << 32) / 1_000_000_000L;
        return seconds << 32 | fraction;
    }

    /// The middle 32 bits, as report blocks carry them.
    public static int middle(long ntpTime) {
        return (int) (ntpTime >>> 16);
    }
}
