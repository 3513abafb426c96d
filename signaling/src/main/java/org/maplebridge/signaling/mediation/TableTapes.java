package org.maplebridge.signaling.mediation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.RecordingRules;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Medium;
import org.maplebridge.dispatch.recording.Recording.Whose;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.recording.RunningRecordings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has recorded what people at one table send, as [RecordingRules] say. What may not be recorded
/// any more is ended before anybody hears of a move ([#shut]); what may be begins a while after
/// everybody was told ([#open]), and with nothing that came before: words of a private room are
/// still on their way when a door opens.
///
/// Each person and room has recordings of its own, so that no file has anything of two rooms.
///
/// Thread: guarded by its [Table].
final class TableTapes {
    private static final Logger LOG = LoggerFactory.getLogger(TableTapes.class);

    /// A disk that refuses is not asked at every move.
    private static final long AFTER_FAILURE_NANOS = Duration.ofSeconds(30).toNanos();

    /// Who may be recorded now, in which room, and since when.
    private record Wanted(Room room, long sinceNanos) {}

    private record Take(Room room, TableMedia media, Set<String> recordings) {}

    private record Trouble(String cause, long atNanos) {}

    private final RunningRecordings running;
    private final LongSupplier nanoClock;
    private final InstantSource clock;
    private final Consumer<Runnable> inTurn;
    private final Map<PersonId, Wanted> wanted = new TreeMap<>();
    private final Map<PersonId, Take> takes = new HashMap<>();
    private final Map<PersonId, Trouble> troubles = new TreeMap<>();

    /// Who has taken their consent back, whatever the record says by now.
    private final Set<PersonId> unwilling = new HashSet<>();

    /// @param inTurn has something done under the table's guard, later
    TableTapes(
            RunningRecordings running,
            LongSupplier nanoClock,
            InstantSource clock,
            Consumer<Runnable> inTurn) {
        this.running = running;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.inTurn = inTurn;
    }

    void willing(PersonId person, boolean willing) {
        if (willing) {
            unwilling.remove(person);
        } else {
            unwilling.add(person);
        }
    }

    /// Whether something of what is said in this room is, or is about to be, written.
    boolean isRecorded(Room room) {
        return wanted.entrySet().stream()
                .filter(entry -> entry.getValue().room().equals(room))
                .map(Map.Entry::getKey)
                .anyMatch(person -> takes.containsKey(person) || !troubles.containsKey(person));
    }

    /// Whose recording failed, and why.
    Map<PersonId, String> troubles() {
        var causes = new TreeMap<PersonId, String>();
        troubles.forEach((person, trouble) -> causes.put(person, trouble.cause()));
        return causes;
    }

    /// Ends what may not be recorded in the next rooms.
    ///
    /// @return whose: once the relay has answered for their legs, nothing more of them is written
    Set<PersonId> shut(Mediation mediation, Rooms next, TableGate gate) {
        long now = nanoClock.getAsLong();
        var before = Map.copyOf(wanted);
        wanted.clear();
        for (var place : next.places().entrySet()) {
            boolean heard = !gate.isMuted(place.getKey());
            if (heard && may(mediation, next, place.getValue())) {
                @Nullable Wanted known = before.get(place.getKey());
                wanted.put(
                        place.getKey(),
                        known != null && known.room().equals(place.getValue())
                                ? known
                                : new Wanted(place.getValue(), now));
            }
        }
        troubles.keySet().removeIf(person -> !isSame(before.get(person), wanted.get(person)));
        var stopped = new HashSet<PersonId>();
        for (var entry : Map.copyOf(takes).entrySet()) {
            var person = entry.getKey();
            var take = entry.getValue();
            @Nullable Wanted still = wanted.get(person);
            boolean goesOn =
                    still != null
                            && still.room().equals(take.room())
                            && gate.of(person).filter(take.media()::equals).isPresent();
            if (!goesOn) {
                take.recordings().forEach(running::stop);
                takes.remove(person);
                stopped.add(person);
            }
        }
        return stopped;
    }

    private static boolean isSame(@Nullable Wanted one, @Nullable Wanted other) {
        return one != null && one.equals(other);
    }

    private boolean may(Mediation mediation, Rooms rooms, Room room) {
        return RecordingRules.isRecorded(mediation, rooms, room)
                && rooms.in(room).stream().noneMatch(unwilling::contains);
    }

    /// Begins what may be recorded by now.
    ///
    /// @return in how many nanoseconds to ask again, 0 for when something changes
    long open(Mediation mediation, TableGate gate) {
        long now = nanoClock.getAsLong();
        Instant at = clock.instant();
        long again = 0;
        for (var entry : wanted.entrySet()) {
            var person = entry.getKey();
            var media = gate.of(person);
            if (takes.containsKey(person) || media.isEmpty()) {
                continue;
            }
            long wait = entry.getValue().sinceNanos() + TableGate.STRAGGLING_NANOS - now;
            @Nullable Trouble trouble = troubles.get(person);
            if (trouble != null) {
                wait = Math.max(wait, trouble.atNanos() + AFTER_FAILURE_NANOS - now);
            }
            if (wait > 0) {
                again = again == 0 ? wait : Math.min(again, wait);
            } else {
                begin(mediation, person, entry.getValue().room(), media.get(), at);
            }
        }
        return again;
    }

    /// Picture and sound, where there are both, begin at one moment, by which they are found to be
    /// one.
    private void begin(
            Mediation mediation, PersonId person, Room room, TableMedia all, Instant at) {
        @Nullable IncidentId incident = mediation.incident();
        var incidents = incident == null ? Set.<IncidentId>of() : Set.of(incident);
        var whose = new Whose.Seat(mediation.id(), person.value(), room.word());
        var begun = new HashSet<String>();
        var media = all.seen() ? List.of(Medium.values()) : List.of(Medium.SOUND);
        troubles.remove(person);
        try {
            for (Medium medium : media) {
                var wish =
                        new RunningRecordings.Wish(
                                whose, medium, source(all, medium), incidents, true);
                running.begin(wish, at, new Ears(person)).map(Recording::id).ifPresent(begun::add);
            }
            if (begun.size() < media.size()) {
                trouble(person, "little-room");
            }
        } catch (RecordUnavailable e) {
            LOG.warn("{} of {} is not recorded: no database", person, mediation.id());
            trouble(person, "record-unavailable");
        }
        if (!begun.isEmpty()) {
            takes.put(person, new Take(room, all, begun));
        }
    }

    private static SourceId source(TableMedia media, Medium medium) {
        return switch (medium) {
            case PICTURE -> media.camera();
            case SOUND -> media.microphone();
        };
    }

    private void trouble(PersonId person, String cause) {
        troubles.put(person, new Trouble(cause, nanoClock.getAsLong()));
    }

    private final class Ears implements RunningRecordings.Owner {
        private final PersonId person;

        Ears(PersonId person) {
            this.person = person;
        }

        @Override
        public void failed(Recording recording, String cause) {
            inTurn.accept(() -> {
                if (isRunning(recording)) {
                    trouble(person, cause);
                }
            });
        }

        @Override
        public void ended(Recording recording) {
            inTurn.accept(() -> {
                @Nullable Take take = takes.get(person);
                if (take != null && isRunning(recording)) {
                    take.recordings().forEach(running::stop);
                    takes.remove(person);
                    if (!troubles.containsKey(person)) {
                        trouble(person, "broke-off");
                    }
                }
            });
        }

        private boolean isRunning(Recording recording) {
            @Nullable Take take = takes.get(person);
            return take != null && take.recordings().contains(recording.id());
        }
    }
}
