package org.maplebridge.media.relay;

import java.util.List;

/// Which layers of one published picture somebody watches: a layer that is watched is told at once,
/// one that nobody watches after a while, so that a glance costs no key frame each time. The lowest
/// is always wanted: who comes next begins with it.
///
/// Pure: the time is handed in. Thread: its media loop.
final class LayerDemand {
    static final long UNWATCHED_NANOS = 4_000_000_000L;

    private final long[] watchedNanos;
    private final boolean[] wanted;

    /// All are sent at first.
    LayerDemand(int layers, long nowNanos) {
        watchedNanos = new long[layers];
        wanted = new boolean[layers];
        for (int i = 0; i < layers; i++) {
            watchedNanos[i] = nowNanos;
            wanted[i] = true;
        }
    }

    /// To be called about every 100 ms.
    ///
    /// @param watched layer by layer, the lowest first
    /// @return whether [#wanted] is another now
    boolean look(List<Boolean> watched, long nowNanos) {
        boolean news = false;
        for (int i = 0; i < wanted.length; i++) {
            boolean now = i == 0 || watched.get(i);
            watchedNanos[i] = now ? nowNanos : watchedNanos[i];
            boolean wants = nowNanos - watchedNanos[i] < UNWATCHED_NANOS;
            news |= wants != wanted[i];
            wanted[i] = wants;
        }
        return news;
    }

    boolean wanted(int layer) {
        return wanted[layer];
    }
}
