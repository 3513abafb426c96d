package org.maplebridge.signaling.mediation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the relay's slots as the rooms of one table are. What is no longer for somebody is taken
/// away first, and the relay's word that it is gone is waited for ([#shut]); only then is anybody
/// told that a move has happened. What is newly for somebody comes after a short while ([#open]):
/// words that were said in a private room are still on their way when a door opens.
///
/// Thread: guarded by its [Table].
final class TableGate {
    private static final Logger LOG = LoggerFactory.getLogger(TableGate.class);

    /// For so long after a move packets from before it may come in: a network's delay, and what is
    /// sent again.
    static final long STRAGGLING_NANOS = 300_000_000L;

    /// A relay that does not answer by then has lost the leg or is beyond help.
    private static final long PATIENCE_SECONDS = 2;

    private final MediaRelay relay;
    private final LongSupplier nanoClock;
    private final Map<PersonId, TableMedia> media = new HashMap<>();
    private final Map<PersonId, Map<String, SourceId>> attached = new HashMap<>();

    /// Who is in which tile of whose page.
    private final Map<PersonId, TreeMap<Integer, PersonId>> tiles = new HashMap<>();

    private final Map<PersonId, Long> movedNanos = new HashMap<>();
    private final Set<PersonId> voicesOnly = new HashSet<>();

    /// Whom nobody hears, by the will of who leads.
    private final Set<PersonId> muted = new HashSet<>();

    TableGate(MediaRelay relay, LongSupplier nanoClock) {
        this.relay = relay;
        this.nanoClock = nanoClock;
    }

    Optional<TableMedia> of(PersonId person) {
        return Optional.ofNullable(media.get(person));
    }

    Optional<PersonId> owner(LegId leg) {
        return media.entrySet().stream()
                .filter(entry -> entry.getValue().leg().equals(leg))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Map<Integer, PersonId> tilesOf(PersonId person) {
        return Map.copyOf(tiles.getOrDefault(person, new TreeMap<>()));
    }

    /// In which tile of somebody's page this slot is seen.
    @Nullable Integer tileAt(PersonId person, String mid) {
        @Nullable TableMedia leg = media.get(person);
        return leg == null ? null : leg.tileAt(mid);
    }

    /// Somebody's peer connection stands; a former one is closed.
    void opened(PersonId person, TableMedia opened, Rooms rooms) {
        closed(person);
        media.put(person, opened);
        movedNanos.put(person, nanoClock.getAsLong());
        seat(rooms);
    }

    /// Somebody has no peer connection any more.
    void closed(PersonId person) {
        @Nullable TableMedia former = media.remove(person);
        attached.remove(person);
        tiles.remove(person);
        if (former != null) {
            relay.close(former.leg());
        }
    }

    void pictures(PersonId person, boolean on) {
        if (on) {
            voicesOnly.remove(person);
        } else {
            voicesOnly.add(person);
        }
    }

    /// In force with the next [#shut]. What was said while nobody was to hear it is still on its
    /// way for a while.
    void mute(PersonId person, boolean on) {
        if (on) {
            muted.add(person);
        } else if (muted.remove(person)) {
            movedNanos.put(person, nanoClock.getAsLong());
        }
    }

    boolean isMuted(PersonId person) {
        return muted.contains(person);
    }

    /// Takes away whatever is not for somebody in the next rooms. When this returns, not one packet
    /// of it leaves any more.
    ///
    /// @param stopped whose recordings were ended: nothing more of them is written either
    void shut(Rooms before, Rooms next, Set<PersonId> stopped) {
        long now = nanoClock.getAsLong();
        for (var person : media.keySet()) {
            if (!before.of(person).equals(next.of(person))) {
                movedNanos.put(person, now);
            }
        }
        seat(next);
        var fences = new ArrayList<TableMedia>();
        for (var entry : media.entrySet()) {
            boolean ended = stopped.contains(entry.getKey());
            if (detach(entry.getKey(), entry.getValue(), next, now) || ended) {
                fences.add(entry.getValue());
            }
        }
        fences.forEach(this::await);
    }

    private boolean detach(PersonId person, TableMedia leg, Rooms rooms, long now) {
        var wanted = wanted(person, leg, rooms, now);
        var have = attached.computeIfAbsent(person, _ -> new HashMap<>());
        var gone =
                have.entrySet().stream()
                        .filter(slot -> !slot.getValue().equals(wanted.get(slot.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
        for (var mid : gone) {
            relay.detach(leg.leg(), mid);
            have.remove(mid);
        }
        return !gone.isEmpty();
    }

    /// Calls of one leg take effect in their order: what comes after the question is answered comes
    /// after what was asked for before it.
    private void await(TableMedia leg) {
        try {
            relay.legStats(leg.leg()).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof NoSuchElementException)) {
                LOG.error("a door at a table cannot be shut: {} is closed", leg.leg(), e);
                relay.close(leg.leg());
            }
        }
    }

    /// Sends whatever is for somebody by now.
    ///
    /// @return in how many nanoseconds to ask again, 0 for when something changes
    long open(Rooms rooms) {
        long now = nanoClock.getAsLong();
        long again = 0;
        for (var entry : media.entrySet()) {
            var leg = entry.getValue();
            var have = attached.computeIfAbsent(entry.getKey(), _ -> new HashMap<>());
            for (var slot : wanted(entry.getKey(), leg, rooms, now).entrySet()) {
                if (!slot.getValue().equals(have.put(slot.getKey(), slot.getValue()))) {
                    relay.attachSince(leg.leg(), slot.getKey(), slot.getValue(), now);
                    relay.requestKeyFrame(slot.getValue());
                }
            }
            for (var other : tilesOf(entry.getKey()).values()) {
                again = Math.max(again, settlesIn(entry.getKey(), other, now));
            }
        }
        return again;
    }

    /// What may feed the leg's slots now.
    private Map<String, SourceId> wanted(PersonId person, TableMedia leg, Rooms rooms, long now) {
        var bySlot = new HashMap<String, SourceId>();
        tilesOf(person)
                .forEach((number, other) -> {
                    @Nullable TableMedia from = media.get(other);
                    TableMedia.@Nullable Tile tile = leg.tiles().get(number);
                    boolean open =
                            rooms.together(person, other) && settlesIn(person, other, now) == 0;
                    if (from != null && tile != null && open) {
                        boolean seen = from.seen() && !voicesOnly.contains(person);
                        if (tile.picture() != null && seen) {
                            bySlot.put(tile.picture(), from.camera());
                        }
                        if (tile.sound() != null && !muted.contains(other)) {
                            bySlot.put(tile.sound(), from.microphone());
                        }
                    }
                });
        return bySlot;
    }

    private long settlesIn(PersonId one, PersonId other, long now) {
        return Math.max(settlesIn(one, now), settlesIn(other, now));
    }

    private long settlesIn(PersonId person, long now) {
        @Nullable Long moved = movedNanos.get(person);
        return moved == null ? 0 : Math.max(0, moved + STRAGGLING_NANOS - now);
    }

    /// Gives everybody in a room a tile at each other's page; who stays keeps theirs.
    private void seat(Rooms rooms) {
        for (var entry : media.entrySet()) {
            var mine = tiles.computeIfAbsent(entry.getKey(), _ -> new TreeMap<>());
            mine.values().removeIf(other -> !isSeen(rooms, entry.getKey(), other));
            for (var other : media.keySet()) {
                if (isSeen(rooms, entry.getKey(), other) && !mine.containsValue(other)) {
                    free(entry.getValue(), mine).ifPresent(number -> mine.put(number, other));
                }
            }
        }
    }

    private boolean isSeen(Rooms rooms, PersonId person, PersonId other) {
        return media.containsKey(other) && rooms.together(person, other);
    }

    private static Optional<Integer> free(TableMedia leg, Map<Integer, PersonId> taken) {
        List<Integer> all = leg.tiles().keySet().stream().sorted().toList();
        return all.stream().filter(number -> !taken.containsKey(number)).findFirst();
    }
}
