package org.maplebridge.media.leg;

import io.netty.util.collection.IntObjectHashMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.forward.Slot;

/// The streams of one peer by what packets, reports and commands call them. The few of a terminal
/// are looked through, which is faster; the many of a link to another node are looked up.
///
/// Thread: its leg's media loop.
final class LegStreams {
    static final int FEW = 8;

    private final List<InboundSection> published;
    private final List<Slot> slots;

    /// As each was found last: a section may change its stream, so [InboundSection#owns] decides.
    private final @Nullable IntObjectHashMap<InboundSection> sectionsBySsrc;

    private final @Nullable IntObjectHashMap<Slot> slotsBySsrc;
    private final Map<String, Slot> slotsByMid;

    LegStreams(List<InboundSection> published, List<Slot> slots) {
        this.published = List.copyOf(published);
        this.slots = List.copyOf(slots);
        sectionsBySsrc = published.size() > FEW ? new IntObjectHashMap<>() : null;
        if (slots.size() > FEW) {
            slotsBySsrc = new IntObjectHashMap<>(slots.size() * 2);
            slotsByMid = new HashMap<>();
            for (Slot slot : slots) {
                slotsBySsrc.put(slot.ssrc(), slot);
                slotsByMid.put(slot.mid(), slot);
            }
        } else {
            slotsBySsrc = null;
            slotsByMid = Map.of();
        }
    }

    List<InboundSection> published() {
        return published;
    }

    List<Slot> slots() {
        return slots;
    }

    @Nullable InboundSection section(int ssrc) {
        IntObjectHashMap<InboundSection> bySsrc = sectionsBySsrc;
        if (bySsrc == null) {
            return lookThrough(ssrc);
        }
        InboundSection known = bySsrc.get(ssrc);
        if (known != null && known.owns(ssrc)) {
            return known;
        }
        InboundSection found = lookThrough(ssrc);
        if (found != null) {
            if (bySsrc.size() >= 4 * published.size()) { // streams that were given up
                bySsrc.clear();
            }
            bySsrc.put(ssrc, found);
        }
        return found;
    }

    private @Nullable InboundSection lookThrough(int ssrc) {
        for (int i = 0; i < published.size(); i++) {
            if (published.get(i).owns(ssrc)) {
                return published.get(i);
            }
        }
        return null;
    }

    @Nullable Slot slot(int ssrc) {
        if (slotsBySsrc != null) {
            return slotsBySsrc.get(ssrc);
        }
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).ssrc() == ssrc) {
                return slots.get(i);
            }
        }
        return null;
    }

    @Nullable Slot slot(String mid) {
        if (slotsBySsrc != null) {
            return slotsByMid.get(mid);
        }
        for (Slot slot : slots) {
            if (slot.mid().equals(mid)) {
                return slot;
            }
        }
        return null;
    }
}
