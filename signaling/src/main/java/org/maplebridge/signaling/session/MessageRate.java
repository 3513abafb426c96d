package org.maplebridge.signaling.session;

/// How many messages a client may still send: a steady rate with a burst on top.
///
/// Pure. Thread: guarded by its session.
final class MessageRate {
    private final double perSecond;
    private final double burst;
    private double left;
    private long atNanos;

    MessageRate(double perSecond, double burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        left = burst;
        atNanos = nowNanos;
    }

    boolean take(long nowNanos) {
        left = Math.min(burst, left + (nowNanos - atNanos) * perSecond / 1e9);
        atNanos = nowNanos;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
