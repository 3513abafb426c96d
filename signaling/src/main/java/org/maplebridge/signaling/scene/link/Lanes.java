package org.maplebridge.signaling.scene.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.SourceId;

/// Which section of a link carries which source. One that was given back is used again last, so
/// that nothing late of the source before is taken for the next one's.
///
/// Pure. Thread: guarded by its link.
final class Lanes {
    private final Deque<String> free = new ArrayDeque<>();
    private final Map<SourceId, String> bySource = new LinkedHashMap<>();
    private final Map<SourceId, Integer> uses = new HashMap<>();

    /// @param first,last numbers of the sections it may use
    /// @param mid how a section is called
    Lanes(int first, int last, IntFunction<String> mid) {
        for (int i = first; i <= last; i++) {
            free.add(mid.apply(i));
        }
    }

    /// The section of this source, perhaps a new one; none when all are taken.
    Optional<String> take(SourceId source) {
        @Nullable String mid = bySource.get(source);
        if (mid == null) {
            mid = free.poll();
        }
        if (mid == null) {
            return Optional.empty();
        }
        bySource.put(source, mid);
        uses.merge(source, 1, Integer::sum);
        return Optional.of(mid);
    }

    Optional<String> of(SourceId source) {
        return Optional.ofNullable(bySource.get(source));
    }

    /// @return the section that nobody needs any more, if this was the last use
    Optional<String> give(SourceId source) {
        @Nullable String mid = bySource.get(source);
        if (mid == null || uses.merge(source, -1, Integer::sum) > 0) {
            return Optional.empty();
        }
        return giveAll(source);
    }

    /// However often it was taken.
    Optional<String> giveAll(SourceId source) {
        uses.remove(source);
        @Nullable String mid = bySource.remove(source);
        if (mid != null) {
            free.add(mid);
        }
        return Optional.ofNullable(mid);
    }
}
