package org.maplebridge.dispatch.intake;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often something may be done under one name: so many at once, and one more after each while.
/// Names that were not heard for the longest time are forgotten first, so that nobody fills the
/// memory by many names.
///
/// Pure. Thread: any, guarded by this.
public final class Allowance {
    private final int atOnce;
    private final long nanosForOne;
    private final Map<String, Long> fullAtNanos;

    /// @param names remembered at most
    public Allowance(int atOnce, Duration forOne, int names) {
        this.atOnce = atOnce;
        this.nanosForOne = forOne.toNanos();
        this.fullAtNanos =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                        return size() > names;
                    }
                };
    }

    /// Takes one, if there is one.
    ///
    /// @return how long to wait before there is one; 0 when one was taken
    public synchronized long takeNanos(String name, long nowNanos) {
        @Nullable Long known = fullAtNanos.get(name);
        long fullAt = known == null || known - nowNanos < 0 ? nowNanos : known;
        long next = fullAt + nanosForOne;
        long wait = next - nowNanos - atOnce * nanosForOne;
        if (wait > 0) {
            return wait;
        }
        fullAtNanos.put(name, next);
        return 0;
    }

    synchronized int names() {
        return fullAtNanos.size();
    }
}
