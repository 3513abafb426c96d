package org.maplebridge.dispatch.mediation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who is where at one table right now. A map cannot hold anybody twice, so nobody is ever in two
/// rooms; who is not connected is in none.
///
/// Pure, immutable.
///
/// @param locked whether nobody leaves the waiting room
/// @param knock of who leads and waits before a party's door
/// @param asks by party whose private talk is asked to be recorded; of those who are there now and
///   of nobody else: whoever comes or goes makes it void
public record Rooms(
        Map<PersonId, Room> places,
        boolean locked,
        @Nullable Knock knock,
        Map<PersonId, Ask> asks) {
    /// As many pictures as a telephone shows.
    public static final int MOST_IN_A_ROOM = 8;

    public record Knock(PersonId by, PersonId party, Instant at) {}

    /// @param of who was there when it was asked
    /// @param yes who of them has said yes
    public record Ask(PersonId by, Set<PersonId> of, Set<PersonId> yes) {
        public Ask {
            of = Set.copyOf(of);
            yes = Set.copyOf(yes);
        }
    }

    public Rooms {
        places = java.util.Collections.unmodifiableMap(new TreeMap<>(places));
        var standing = new TreeMap<PersonId, Ask>();
        for (var entry : asks.entrySet()) {
            if (entry.getValue().of().equals(Set.copyOf(in(places, Room.of(entry.getKey()))))) {
                standing.put(entry.getKey(), entry.getValue());
            }
        }
        asks = java.util.Collections.unmodifiableMap(standing);
    }

    public static Rooms empty() {
        return new Rooms(Map.of(), false, null, Map.of());
    }

    public Optional<Room> of(PersonId person) {
        return Optional.ofNullable(places.get(person));
    }

    public List<PersonId> in(Room room) {
        return in(places, room);
    }

    private static List<PersonId> in(Map<PersonId, Room> places, Room room) {
        return places.entrySet().stream()
                .filter(place -> place.getValue().equals(room))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Whether they see and hear each other.
    public boolean together(PersonId one, PersonId other) {
        @Nullable Room room = places.get(one);
        return !one.equals(other)
                && room != null
                && !(room instanceof Room.Waiting)
                && room.equals(places.get(other));
    }

    Rooms moved(Collection<PersonId> people, Room room) {
        var next = new TreeMap<>(places);
        people.forEach(person -> next.put(person, room));
        return new Rooms(next, locked, knock, asks);
    }

    Rooms without(PersonId person) {
        var next = new TreeMap<>(places);
        next.remove(person);
        return new Rooms(next, locked, knock, asks);
    }

    Rooms locked(boolean on) {
        return new Rooms(places, on, knock, asks);
    }

    Rooms knocking(@Nullable Knock next) {
        return new Rooms(places, locked, next, asks);
    }

    /// @param ask nothing takes back what was asked before
    Rooms asking(PersonId party, @Nullable Ask ask) {
        var next = new TreeMap<>(asks);
        next.remove(party);
        if (ask != null) {
            next.put(party, ask);
        }
        return new Rooms(places, locked, knock, next);
    }
}
