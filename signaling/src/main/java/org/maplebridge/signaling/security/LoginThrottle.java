package org.maplebridge.signaling.security;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How long somebody has to wait before the next password is looked at: after a few free tries the
/// wait doubles with each wrong one. Counted apart for the account and for the address.
///
/// Pure. Thread: any, guarded by this.
final class LoginThrottle {
    /// Typing errors of an honest person at the start of a shift.
    static final int FREE_TRIES = 5;

    /// A whole town behind one address has more typing errors.
    static final int FREE_TRIES_PER_ADDRESS = 30;

    static final long FIRST_WAIT_NANOS = 2_000_000_000L;
    static final long LONGEST_WAIT_NANOS = 300_000_000_000L;

    /// Without a wrong password for this long everything is forgotten.
    static final long FORGET_NANOS = 900_000_000_000L;

    private static final int MAX_REMEMBERED = 20_000;

    private record Failures(int count, long lastNanos) {}

    private final Map<String, Failures> byKey =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    /// @return 0 when a password may be tried now
    synchronized long waitNanos(String account, String address, long nowNanos) {
        return Math.max(
                wait("account " + account, FREE_TRIES, nowNanos),
                wait("address " + address, FREE_TRIES_PER_ADDRESS, nowNanos));
    }

    synchronized void failed(String account, String address, long nowNanos) {
        count("account " + account, nowNanos);
        count("address " + address, nowNanos);
    }

    /// The address is not forgiven: one known password must not open the door to all others.
    synchronized void succeeded(String account) {
        byKey.remove("account " + account);
    }

    private void count(String key, long nowNanos) {
        @Nullable Failures before = byKey.get(key);
        boolean old = before == null || nowNanos - before.lastNanos() >= FORGET_NANOS;
        byKey.put(key, new Failures(old || before == null ? 1 : before.count() + 1, nowNanos));
    }

    private long wait(String key, int freeTries, long nowNanos) {
        @Nullable Failures failures = byKey.get(key);
        if (failures == null || failures.count() < freeTries) {
            return 0;
        }
        int doublings = Math.min(failures.count() - freeTries, 20);
        long wait = Math.min(FIRST_WAIT_NANOS << doublings, LONGEST_WAIT_NANOS);
        return Math.max(0, failures.lastNanos() + wait - nowNanos);
    }
}
