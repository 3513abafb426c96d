package org.maplebridge.dispatch.mediation.exhibit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Room;
import org.maplebridge.dispatch.mediation.Rooms;
import org.maplebridge.dispatch.mediation.Ruling;
import org.maplebridge.dispatch.mediation.Ruling.Allowed;
import org.maplebridge.dispatch.mediation.Ruling.Barred;
import org.maplebridge.dispatch.model.EvidenceId;

/// Who lays what before whom. Who leads shows to any room or to all; everybody else to the room
/// that they are in. What a party showed in private crosses over by that party alone, never by the
/// mediator, and what was drawn over it does not cross over at all.
///
/// What somebody is not shown is for them as if it were not there.
///
/// Pure.
public final class ExhibitRules {
    private ExhibitRules() {}

    public static Ruling<Exhibits> show(
            Mediation mediation,
            Rooms rooms,
            Exhibits exhibits,
            PersonId by,
            Exhibit.Thing thing,
            Audience audience) {
        @Nullable Bar bar = barToAct(mediation, rooms, by);
        if (bar == null) {
            bar = barToAddress(mediation, rooms, by, audience);
        }
        Optional<Exhibit> there = exhibits.of(thing.id());
        if (bar == null && there.isPresent() && !isTheirs(mediation, there.get(), by)) {
            bar = Bar.NOT_YOURS;
        }
        if (bar == null && there.isEmpty() && exhibits.all().size() >= Exhibits.MOST) {
            bar = Bar.TABLE_FULL;
        }
        if (bar != null) {
            return new Barred<>(bar);
        }
        boolean same = there.filter(one -> one.audience().equals(audience)).isPresent();
        return new Allowed<>(
                same ? exhibits : exhibits.with(new Exhibit(thing, by, audience, List.of())));
    }

    private static @Nullable Bar barToAddress(
            Mediation mediation, Rooms rooms, PersonId by, Audience audience) {
        boolean leads = leads(mediation, by);
        return switch (audience) {
            case Audience.Everybody _ -> leads ? null : Bar.NOT_IN_THAT_ROOM;
            case Audience.In(Room.Waiting _) -> Bar.NO_SUCH_ROOM;
            case Audience.In(Room.Private(PersonId party)) when !isParty(mediation, party) ->
                    Bar.NO_SUCH_ROOM;
            case Audience.In(Room room) ->
                    leads || rooms.of(by).filter(room::equals).isPresent()
                            ? null
                            : Bar.NOT_IN_THAT_ROOM;
        };
    }

    /// @param mark nothing when it was none
    public static Ruling<Exhibits> mark(
            Mediation mediation,
            Rooms rooms,
            Exhibits exhibits,
            PersonId by,
            EvidenceId id,
            Optional<Mark> mark) {
        @Nullable Bar bar = barToAct(mediation, rooms, by);
        if (bar != null) {
            return new Barred<>(bar);
        }
        Optional<Exhibit> found = shown(mediation, rooms, exhibits, by, id);
        if (found.isEmpty()) {
            return new Barred<>(Bar.NO_SUCH_EXHIBIT);
        }
        var exhibit = found.get();
        if (mark.isEmpty() || exhibit.thing().kind() != Exhibit.Kind.PICTURE) {
            return new Barred<>(Bar.BAD_MARK);
        }
        return exhibit.marks().size() >= Exhibit.MOST_MARKS
                ? new Barred<>(Bar.TOO_MANY_MARKS)
                : new Allowed<>(exhibits.with(exhibit.marked(mark.get())));
    }

    public static Ruling<Exhibits> clear(
            Mediation mediation, Rooms rooms, Exhibits exhibits, PersonId by, EvidenceId id) {
        @Nullable Bar bar = barToTake(mediation, rooms, exhibits, by, id);
        return bar != null
                ? new Barred<>(bar)
                : new Allowed<>(exhibits.with(exhibits.of(id).orElseThrow().cleared()));
    }

    public static Ruling<Exhibits> remove(
            Mediation mediation, Rooms rooms, Exhibits exhibits, PersonId by, EvidenceId id) {
        @Nullable Bar bar = barToTake(mediation, rooms, exhibits, by, id);
        return bar != null ? new Barred<>(bar) : new Allowed<>(exhibits.without(id));
    }

    private static @Nullable Bar barToTake(
            Mediation mediation, Rooms rooms, Exhibits exhibits, PersonId by, EvidenceId id) {
        if (mediation.isOver()) {
            return Bar.MEDIATION_OVER;
        }
        Optional<Exhibit> found = shown(mediation, rooms, exhibits, by, id);
        if (found.isEmpty()) {
            return Bar.NO_SUCH_EXHIBIT;
        }
        return leads(mediation, by) || found.get().by().equals(by) ? null : Bar.NOT_YOURS;
    }

    private static @Nullable Bar barToAct(Mediation mediation, Rooms rooms, PersonId by) {
        if (mediation.isOver()) {
            return Bar.MEDIATION_OVER;
        }
        var person = mediation.person(by);
        if (person.isEmpty()) {
            return Bar.NO_SUCH_PERSON;
        }
        if (rooms.of(by).isEmpty()) {
            return Bar.NOT_PRESENT;
        }
        return switch (person.get().role()) {
            case MEDIATOR, CLERK, PARTY, AGENT, EXPERT, MEMBER -> null;
            case INTERPRETER, OBSERVER -> Bar.ONLY_LISTENS;
        };
    }

    /// What this one is shown, in the order in which it was laid there.
    public static List<Exhibit> shown(
            Mediation mediation, Rooms rooms, Exhibits exhibits, PersonId person) {
        return exhibits.all().stream()
                .filter(one -> isShown(mediation, rooms, one, person))
                .toList();
    }

    private static Optional<Exhibit> shown(
            Mediation mediation, Rooms rooms, Exhibits exhibits, PersonId person, EvidenceId id) {
        return exhibits.of(id).filter(one -> isShown(mediation, rooms, one, person));
    }

    /// Who leads goes on seeing what they themselves lay before others.
    private static boolean isShown(
            Mediation mediation, Rooms rooms, Exhibit exhibit, PersonId person) {
        if (mediation.isOver() || rooms.of(person).isEmpty()) {
            return false;
        }
        if (leads(mediation, person) && leads(mediation, exhibit.by())) {
            return true;
        }
        var room = rooms.of(person).get();
        return !room.equals(Room.WAITING)
                && switch (exhibit.audience()) {
                    case Audience.Everybody _ -> true;
                    case Audience.In(Room in) -> in.equals(room);
                };
    }

    /// Those who lead lay things there together.
    private static boolean isTheirs(Mediation mediation, Exhibit exhibit, PersonId person) {
        return exhibit.by().equals(person)
                || leads(mediation, person) && leads(mediation, exhibit.by());
    }

    private static boolean isParty(Mediation mediation, PersonId id) {
        return mediation.person(id).filter(one -> one.role() == Person.Role.PARTY).isPresent();
    }

    public static boolean leads(Mediation mediation, PersonId id) {
        return mediation.person(id).filter(one -> one.role().leads()).isPresent();
    }
}
