package org.maplebridge.dispatch.mediation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Ruling.Allowed;
import org.maplebridge.dispatch.mediation.Ruling.Barred;

/// Who may be in which room, and who puts them there. Only the mediator moves people, several at
/// once by one act, all or none. Nobody gets into a room before they agreed to confidentiality, and
/// never a party or its people into another party's room.
///
/// When no mediator is left, everybody is back in the waiting room, each alone: parties are never
/// left to each other, and a talk that was private stays so. A consultation has one room and nobody
/// who leads: it goes on for whoever is there.
///
/// Pure.
public final class RoomRules {
    /// Who knocked and was not let in by then has to knock again.
    static final Duration KNOCK = Duration.ofSeconds(60);

    private RoomRules() {}

    /// Somebody has connected; a second device of theirs takes the first one's place. Who leads
    /// goes to the joint room, unless it is locked; who comes to a consultation does always.
    public static Rooms came(Mediation mediation, Rooms rooms, PersonId person) {
        if (rooms.of(person).isPresent()) {
            return rooms;
        }
        boolean leads = leads(mediation, person) && !rooms.locked();
        boolean fits = rooms.in(Room.JOINT).size() < Rooms.MOST_IN_A_ROOM;
        var room = (leads || mediation.isConsultation()) && fits ? Room.JOINT : Room.WAITING;
        return settled(mediation, rooms.moved(List.of(person), room));
    }

    /// Somebody's connection is gone for good.
    public static Rooms left(Mediation mediation, Rooms rooms, PersonId person) {
        return settled(mediation, rooms.without(person));
    }

    /// Somebody's right to be where they are may have gone: a consent was taken back, or it is
    /// over.
    public static Rooms settled(Mediation mediation, Rooms rooms) {
        boolean led =
                !mediation.isOver()
                        && (mediation.isConsultation()
                                || rooms.places().keySet().stream()
                                        .anyMatch(id -> isMediator(mediation, id)));
        var out =
                rooms.places().entrySet().stream()
                        .filter(place ->
                                !led || !mayBe(mediation, place.getKey(), place.getValue()))
                        .map(java.util.Map.Entry::getKey)
                        .toList();
        var next = rooms.moved(out, Room.WAITING);
        Rooms.@Nullable Knock knock = next.knock();
        boolean heard =
                knock != null
                        && next.of(knock.by()).isPresent()
                        && isAmongThemselves(mediation, next, Room.of(knock.party()));
        return heard ? next : next.knocking(null);
    }

    public static Ruling<Rooms> move(
            Mediation mediation, Rooms rooms, PersonId by, Set<PersonId> people, Room room) {
        @Nullable Bar bar = barToLead(mediation, rooms, by);
        if (bar == null) {
            bar = barToMove(mediation, rooms, people, room);
        }
        return bar != null
                ? new Barred<>(bar)
                : new Allowed<>(settled(mediation, rooms.moved(people, room)));
    }

    private static @Nullable Bar barToMove(
            Mediation mediation, Rooms rooms, Set<PersonId> people, Room room) {
        for (var person : people) {
            if (mediation.person(person).isEmpty()) {
                return Bar.NO_SUCH_PERSON;
            }
            if (rooms.of(person).isEmpty()) {
                return Bar.NOT_PRESENT;
            }
            boolean comesIn = rooms.of(person).get().equals(Room.WAITING);
            if (rooms.locked() && comesIn && !room.equals(Room.WAITING)) {
                return Bar.TABLE_LOCKED;
            }
            @Nullable Bar bar = barTo(mediation, person, room);
            if (bar != null) {
                return bar;
            }
        }
        if (room.equals(Room.WAITING)) {
            return null;
        }
        long after = rooms.in(room).stream().filter(there -> !people.contains(there)).count();
        if (after + people.size() > Rooms.MOST_IN_A_ROOM) {
            return Bar.ROOM_FULL;
        }
        boolean disturbs =
                people.stream()
                        .anyMatch(id -> leads(mediation, id) && !rooms.in(room).contains(id));
        return disturbs && isAmongThemselves(mediation, rooms, room) ? Bar.KNOCK_FIRST : null;
    }

    /// Whether people talk in a private room without anybody who leads.
    private static boolean isAmongThemselves(Mediation mediation, Rooms rooms, Room room) {
        var there = rooms.in(room);
        return room instanceof Room.Private
                && !there.isEmpty()
                && there.stream().noneMatch(id -> leads(mediation, id));
    }

    public static Ruling<Rooms> knock(
            Mediation mediation, Rooms rooms, PersonId by, PersonId party, Instant now) {
        @Nullable Bar bar = barToLead(mediation, rooms, by);
        if (bar != null) {
            return new Barred<>(bar);
        }
        return isAmongThemselves(mediation, rooms, Room.of(party))
                ? new Allowed<>(rooms.knocking(new Rooms.Knock(by, party, now)))
                : new Barred<>(Bar.NOBODY_THERE);
    }

    /// Whoever is in the room answers for all who are there.
    public static Ruling<Rooms> answer(
            Mediation mediation, Rooms rooms, PersonId by, boolean yes, Instant now) {
        Rooms.@Nullable Knock knock = rooms.knock();
        if (knock == null
                || now.isAfter(knock.at().plus(KNOCK))
                || !rooms.in(Room.of(knock.party())).contains(by)) {
            return new Barred<>(Bar.NOBODY_KNOCKED);
        }
        var heard = rooms.knocking(null);
        if (!yes) {
            return new Allowed<>(heard);
        }
        var room = Room.of(knock.party());
        return rooms.in(room).size() >= Rooms.MOST_IN_A_ROOM
                ? new Barred<>(Bar.ROOM_FULL)
                : new Allowed<>(settled(mediation, heard.moved(List.of(knock.by()), room)));
    }

    public static Ruling<Rooms> lock(Mediation mediation, Rooms rooms, PersonId by, boolean on) {
        @Nullable Bar bar = barToLead(mediation, rooms, by);
        return bar != null ? new Barred<>(bar) : new Allowed<>(rooms.locked(on));
    }

    static @Nullable Bar barToLead(Mediation mediation, Rooms rooms, PersonId by) {
        if (mediation.isOver()) {
            return Bar.MEDIATION_OVER;
        }
        if (!isMediator(mediation, by)) {
            return Bar.MEDIATOR_ONLY;
        }
        return rooms.of(by).isEmpty() ? Bar.NOT_PRESENT : null;
    }

    static boolean mayBe(Mediation mediation, PersonId person, Room room) {
        return barTo(mediation, person, room) == null;
    }

    private static @Nullable Bar barTo(Mediation mediation, PersonId id, Room room) {
        var person = mediation.person(id);
        if (person.isEmpty()) {
            return Bar.NO_SUCH_PERSON;
        }
        var role = person.get().role();
        boolean bound = role.isBound() || mediation.agreedTo(id, Consent.Subject.CONFIDENTIALITY);
        return switch (room) {
            case Room.Waiting _ -> null;
            case Room.Joint _ -> bound ? null : Bar.CONSENT_REQUIRED;
            case Room.Private(PersonId party) -> {
                if (!isParty(mediation, party)) {
                    yield Bar.NO_SUCH_ROOM;
                }
                if (!belongs(person.get(), party)) {
                    yield Bar.OTHER_SIDE;
                }
                yield bound ? null : Bar.CONSENT_REQUIRED;
            }
        };
    }

    private static boolean belongs(Person person, PersonId party) {
        return switch (person.role()) {
            case MEDIATOR, CLERK, EXPERT -> true;
            case PARTY -> person.id().equals(party);
            case AGENT -> party.equals(person.side());
            case INTERPRETER -> person.side() == null || party.equals(person.side());
            case OBSERVER, MEMBER -> false;
        };
    }

    private static boolean isParty(Mediation mediation, PersonId id) {
        return mediation.person(id).filter(one -> one.role() == Person.Role.PARTY).isPresent();
    }

    private static boolean isMediator(Mediation mediation, PersonId id) {
        return mediation.person(id).filter(one -> one.role() == Person.Role.MEDIATOR).isPresent();
    }

    private static boolean leads(Mediation mediation, PersonId id) {
        return mediation.person(id).filter(one -> one.role().leads()).isPresent();
    }
}
