package org.maplebridge.dispatch.mediation.telephone;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keeps people from guessing access codes: who was wrong some times is heard no more for a while,
/// and all callers together are wrong only so often. With a hundred codes out and a hundred wrong
/// ones an hour, one of nine digits is hit once in eleven years.
///
/// Pure. Thread: any, guarded by this.
public final class CodeGuard {
    /// Of one number, or of all who withhold theirs.
    public static final int FREE_TRIES = 5;

    public static final int FREE_TRIES_OF_ALL = 100;

    static final long LOCKED_NANOS = Duration.ofMinutes(15).toNanos();
    static final long ALL_NANOS = Duration.ofHours(1).toNanos();
    private static final int MOST_CALLERS = 10_000;

    private record Wrong(int times, long lastNanos) {}

    private final Map<String, Wrong> byCaller =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Wrong> eldest) {
                    return size() > MOST_CALLERS;
                }
            };
    private final Deque<Long> ofAll = new ArrayDeque<>();

    /// Counts a try, before its code is looked at: many at once are no way round it. One that was
    /// good is taken back by [#right].
    ///
    /// @return how long a code of this caller is not looked at, 0 when it is now
    public synchronized long tryNanos(String caller, long nowNanos) {
        @Nullable Wrong before = byCaller.get(caller);
        boolean old = before == null || nowNanos - before.lastNanos() >= LOCKED_NANOS;
        int times = old || before == null ? 0 : before.times();
        forgetOld(nowNanos);
        long own =
                times < FREE_TRIES || before == null
                        ? 0
                        : before.lastNanos() + LOCKED_NANOS - nowNanos;
        long all = ofAll.size() < FREE_TRIES_OF_ALL ? 0 : ofAll.getFirst() + ALL_NANOS - nowNanos;
        long locked = Math.max(own, all);
        if (locked <= 0) {
            byCaller.put(caller, new Wrong(times + 1, nowNanos));
            ofAll.addLast(nowNanos);
        }
        return Math.max(0, locked);
    }

    /// Their last try was good.
    public synchronized void right(String caller) {
        @Nullable Wrong tries = byCaller.get(caller);
        if (tries != null) {
            byCaller.put(caller, new Wrong(Math.max(0, tries.times() - 1), tries.lastNanos()));
        }
        ofAll.pollLast();
    }

    private void forgetOld(long nowNanos) {
        while (!ofAll.isEmpty() && nowNanos - ofAll.getFirst() >= ALL_NANOS) {
            ofAll.removeFirst();
        }
    }
}
