package org.maplebridge.dispatch.mediation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Who is where at one table right now. A map cannot hold anybody twice, so nobody is ever in two
/// rooms; who is not connected is in none.
///
/// Pure, immutable.
///
/// @param locked whether nobody leaves the waiting room
/// @param knock of who leads and waits before a party's door
public record Rooms(Map<PersonId, Room> places, boolean locked, @Nullable Knock knock) {
    /// As many pictures as a telephone shows.
    public static final int MOST_IN_A_ROOM = 8;

    public record Knock(PersonId by, PersonId party, Instant at) {}

    public Rooms {
        places = java.util.Collections.unmodifiableMap(new TreeMap<>(places));
    }

    public static Rooms empty() {
        return new Rooms(Map.of(), false, null);
    }

    public Optional<Room> of(PersonId person) {
        return Optional.ofNullable(places.get(person));
    }

    public List<PersonId> in(Room room) {
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
        return new Rooms(next, locked, knock);
    }

    Rooms without(PersonId person) {
        var next = new TreeMap<>(places);
        next.remove(person);
        return new Rooms(next, locked, knock);
    }

    Rooms locked(boolean on) {
        return new Rooms(places, on, knock);
    }

    Rooms knocking(@Nullable Knock next) {
        return new Rooms(places, locked, next);
    }
}
