package org.maplebridge.media.finish.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Brings packets into the order they were sent in: waits for a late one as long as the relay may
/// have asked for it.
///
/// Pure. Thread: confined to its track.
public final class PacketOrder {
    static final long LONGEST_WAIT_NANOS = 1_500_000_000L;
    static final int MOST_WAITING = 4_096;

    private final TreeMap<Long, Part> waiting = new TreeMap<>();
    private boolean begun;
    private long next;
    private long lost;

    /// @return what can be used now
    public List<Part> add(Part part) {
        var ready = new ArrayList<Part>();
        if (begun && part.seq() < next) {
            return ready;
        }
        waiting.put(part.seq(), part);
        while (!waiting.isEmpty() && isReady(part.arrivalNanos())) {
            take(ready);
        }
        return ready;
    }

    private boolean isReady(long nowNanos) {
        Part first = waiting.firstEntry().getValue();
        return begun && first.seq() == next
                || waiting.size() > MOST_WAITING
                || nowNanos - first.arrivalNanos() > LONGEST_WAIT_NANOS;
    }

    private void take(List<Part> into) {
        Part first = waiting.pollFirstEntry().getValue();
        lost += begun ? first.seq() - next : 0;
        begun = true;
        next = first.seq() + 1;
        into.add(first);
    }

    /// What still waits; nothing more comes.
    public List<Part> end() {
        var rest = new ArrayList<Part>();
        while (!waiting.isEmpty()) {
            take(rest);
        }
        return rest;
    }

    /// Packets that never came.
    public long lost() {
        return lost;
    }
}
