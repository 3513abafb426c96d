package org.maplebridge.dispatch.floor;

/// The floor's timers, named as in 3GPP TS 24.380 §11.
public enum FloorTimer {
    /// End of media.
    T1,
    /// Stop talking.
    T2,
    /// Grace of a revoked talker.
    T3,
    /// Inactivity.
    T4,
    /// Idle repeat.
    T7,
    /// Revoke repeat.
    T8,
    /// Granted repeat.
    T20;

    /// A deadline that never comes.
    static final long OFF = Long.MIN_VALUE;

    static long after(long nowNanos, long periodNanos) {
        return periodNanos == 0 ? OFF : nowNanos + periodNanos;
    }

    static boolean isDue(long atNanos, long nowNanos) {
        return atNanos != OFF && nowNanos - atNanos >= 0;
    }

    /// Whether `a` comes before `b`.
    static boolean isEarlier(long a, long b) {
        return a != OFF && (b == OFF || a - b < 0);
    }
}
