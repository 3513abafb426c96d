package org.maplebridge.media.record;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// A ring of bounded length from many media loops to one writer. Nobody waits in it and nothing is
/// made for what goes through it.
///
/// Each place counts its turns: equal to the place wanted it is free, one more and it is filled.
///
/// Thread: [#offer] any; [#poll] and what it took the writer's.
final class Handover {
    private final @Nullable SourceTap[] taps;
    private final @Nullable Object[] items;
    private final AtomicLongArray turns;
    private final AtomicLong tail = new AtomicLong();
    private final int mask;
    private long head;
    private @Nullable SourceTap tap;
    private @Nullable Object item;

    /// @param capacity a power of two
    Handover(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("no power of two: " + capacity);
        }
        taps = new SourceTap[capacity];
        items = new Object[capacity];
        turns = new AtomicLongArray(capacity);
        mask = capacity - 1;
        for (int i = 0; i < capacity; i++) {
            turns.set(i, i);
        }
    }

    /// @return false when it is full
    boolean offer(SourceTap from, Object what) {
        while (true) {
            long place = tail.get();
            int i = (int) place & mask;
            long turn = turns.getAcquire(i);
            if (turn < place) {
                return false;
            }
            if (turn == place && tail.compareAndSet(place, place + 1)) {
                taps[i] = from;
                items[i] = what;
                turns.setRelease(i, place + 1);
                return true;
            }
        }
    }

    /// Takes the next one into [#tap] and [#item].
    ///
    /// @return false when there is none
    boolean poll() {
        int i = (int) head & mask;
        if (turns.getAcquire(i) != head + 1) {
            return false;
        }
        tap = taps[i];
        item = items[i];
        taps[i] = null;
        items[i] = null;
        turns.setRelease(i, head + mask + 1);
        head++;
        return true;
    }

    @Nullable SourceTap tap() {
        return tap;
    }

    @Nullable Object item() {
        return item;
    }
}
