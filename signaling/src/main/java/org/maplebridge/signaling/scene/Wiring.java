package org.maplebridge.signaling.scene;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.media.api.SourceId;

/// What one session wants to see and hear, and which slot of its leg carries what.
///
/// Pure. Thread: guarded by [Legs].
final class Wiring {
    /// @param sound absent while the unit's sound is off
    record Showing(SourceId picture, @Nullable SourceId sound) {}

    private final Map<Integer, Showing> tiles = new HashMap<>();
    private final Map<CallId, SourceId> calls = new LinkedHashMap<>();
    private final Set<CallId> hushed = new LinkedHashSet<>();

    /// Calls for which another one gives up its slot.
    private final Set<CallId> ahead = new LinkedHashSet<>();

    private final Map<String, CallId> voiceOf = new LinkedHashMap<>();
    private @Nullable MediaLeg leg;

    @Nullable MediaLeg leg() {
        return leg;
    }

    void leg(@Nullable MediaLeg next) {
        leg = next;
        voiceOf.clear();
        ahead.forEach(this::seat);
        calls.keySet().stream().filter(call -> !ahead.contains(call)).forEach(this::seat);
    }

    void show(int tile, Showing showing) {
        tiles.put(tile, showing);
    }

    void blank(int tile) {
        tiles.remove(tile);
    }

    /// @param from what the call is heard from
    /// @return false when all voice slots are taken
    boolean hear(CallId call, SourceId from) {
        return calls.containsKey(call) || hasFreeVoice() ? add(call, from) : false;
    }

    /// As [#hear]; when all voice slots are taken, the call that came last gives up its own until
    /// one is free again.
    ///
    /// @return false when all are taken by calls that came in this way
    boolean hearAhead(CallId call, SourceId from) {
        if (!calls.containsKey(call) && !hasFreeVoice() && !freeOne()) {
            return false;
        }
        ahead.add(call);
        return add(call, from);
    }

    private boolean freeOne() {
        @Nullable CallId last = lastToGiveWay();
        return last != null && voiceOf.values().remove(last);
    }

    private @Nullable CallId lastToGiveWay() {
        @Nullable CallId last = null;
        for (var call : calls.keySet()) {
            last = !ahead.contains(call) && voiceOf.containsValue(call) ? call : last;
        }
        return last;
    }

    private boolean add(CallId call, SourceId from) {
        if (calls.put(call, from) == null) {
            seat(call);
        }
        return true;
    }

    /// Whether [#hearAhead] would find a slot.
    boolean hasRoom() {
        return hasFreeVoice() || lastToGiveWay() != null;
    }

    private boolean hasFreeVoice() {
        return leg == null || voiceOf.size() < leg.voices().size();
    }

    boolean hears(CallId call) {
        return calls.containsKey(call);
    }

    /// The call is heard from somewhere else from now on.
    void tune(CallId call, SourceId from) {
        calls.replace(call, from);
    }

    void unhear(CallId call) {
        calls.remove(call);
        hushed.remove(call);
        ahead.remove(call);
        if (voiceOf.values().remove(call)) {
            calls.keySet().stream()
                    .filter(waiting -> !voiceOf.containsValue(waiting))
                    .findFirst()
                    .ifPresent(this::seat);
        }
    }

    /// Nobody hears the own voice back.
    void hush(CallId call, boolean on) {
        if (on) {
            hushed.add(call);
        } else {
            hushed.remove(call);
        }
    }

    boolean isIdle() {
        return leg == null && tiles.isEmpty() && calls.isEmpty();
    }

    /// Which conversation sits in which voice slot.
    Map<String, CallId> voices() {
        return Map.copyOf(voiceOf);
    }

    /// What should feed the leg's slots now.
    Map<String, SourceId> wanted() {
        var bySlot = new HashMap<String, SourceId>();
        if (leg == null) {
            return bySlot;
        }
        leg.tiles().forEach((number, slots) -> fill(bySlot, tiles.get(number), slots));
        fillVoices(bySlot);
        return bySlot;
    }

    /// Calls that were joined into one are heard once, or everything would sound doubled.
    private void fillVoices(Map<String, SourceId> bySlot) {
        var heard = new HashSet<SourceId>();
        for (var slot : voiceOf.entrySet()) {
            @Nullable SourceId from = calls.get(slot.getValue());
            if (from != null && !hushed.contains(slot.getValue()) && heard.add(from)) {
                bySlot.put(slot.getKey(), from);
            }
        }
    }

    private static void fill(
            Map<String, SourceId> bySlot, @Nullable Showing showing, MediaLeg.Tile slots) {
        if (showing == null) {
            return;
        }
        if (slots.picture() != null) {
            bySlot.put(slots.picture(), showing.picture());
        }
        if (slots.sound() != null && showing.sound() != null) {
            bySlot.put(slots.sound(), showing.sound());
        }
    }

    private void seat(CallId call) {
        if (leg == null) {
            return;
        }
        for (var mid : leg.voices()) {
            if (voiceOf.putIfAbsent(mid, call) == null) {
                return;
            }
        }
    }
}
