package org.maplebridge.signaling.scene.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Which section of a link carries what. One that was given back is used again last, so that
/// nothing late of what it carried before is taken for the next.
///
/// Pure. Thread: guarded by its link.
final class Lanes<K> {
    private final Deque<String> free = new ArrayDeque<>();
    private final Map<K, String> taken = new HashMap<>();

    /// @param first,last numbers of the sections it may use
    /// @param mid how a section is called
    Lanes(int first, int last, IntFunction<String> mid) {
        for (int i = first; i <= last; i++) {
            free.add(mid.apply(i));
        }
    }

    /// The section of this one, perhaps a new one; none when all are taken.
    Optional<String> take(K what) {
        @Nullable String mid = taken.get(what);
        if (mid == null) {
            mid = free.poll();
            if (mid != null) {
                taken.put(what, mid);
            }
        }
        return Optional.ofNullable(mid);
    }

    Optional<String> give(K what) {
        @Nullable String mid = taken.remove(what);
        if (mid != null) {
            free.add(mid);
        }
        return Optional.ofNullable(mid);
    }
}
