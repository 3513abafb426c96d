package org.maplebridge.dispatch.mediation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Ruling.Allowed;
import org.maplebridge.dispatch.mediation.Ruling.Barred;

/// What of a mediation is recorded. The joint talk is while everybody who is there has agreed to
/// it. A private one is where the mediator asked for it there and each of them said yes. Nobody who
/// waits is recorded. Who leads is there by office: asked by nobody, and may refuse for all.
///
/// Pure.
public final class RecordingRules {
    private RecordingRules() {}

    public static boolean isRecorded(Mediation mediation, Rooms rooms, Room room) {
        var there = rooms.in(room);
        if (mediation.isOver()
                || mediation.isConsultation()
                || !isTalk(there)
                || !areWilling(mediation, there)) {
            return false;
        }
        return switch (room) {
            case Room.Waiting _ -> false;
            case Room.Joint _ -> true;
            case Room.Private(PersonId party) -> {
                Rooms.@Nullable Ask ask = rooms.asks().get(party);
                yield ask != null && ask.yes().containsAll(there);
            }
        };
    }

    /// Who is alone in a room talks with nobody.
    private static boolean isTalk(List<PersonId> there) {
        return there.size() > 1;
    }

    private static boolean areWilling(Mediation mediation, List<PersonId> people) {
        return people.stream().allMatch(person -> isWilling(mediation, person));
    }

    private static boolean isWilling(Mediation mediation, PersonId person) {
        boolean leads = mediation.person(person).filter(one -> one.role().leads()).isPresent();
        var said = mediation.consent(person, Consent.Subject.RECORDING);
        return said.map(Consent::given).orElse(leads);
    }

    /// The mediator asks those who talk in private with them, or takes it back.
    public static Ruling<Rooms> ask(Mediation mediation, Rooms rooms, PersonId by, boolean on) {
        @Nullable Bar bar = RoomRules.barToLead(mediation, rooms, by);
        if (bar != null) {
            return new Barred<>(bar);
        }
        if (!(rooms.of(by).orElse(Room.WAITING) instanceof Room.Private(PersonId party))) {
            return new Barred<>(Bar.NOT_PRIVATE);
        }
        var there = rooms.in(Room.of(party));
        if (!on) {
            return new Allowed<>(rooms.asking(party, null));
        }
        if (!isTalk(there)) {
            return new Barred<>(Bar.NOBODY_THERE);
        }
        return areWilling(mediation, there)
                ? new Allowed<>(
                        rooms.asking(party, new Rooms.Ask(by, Set.copyOf(there), Set.of(by))))
                : new Barred<>(Bar.RECORDING_REFUSED);
    }

    /// One who is there says yes, or no, which ends it for all; also after a yes.
    public static Ruling<Rooms> answer(Mediation mediation, Rooms rooms, PersonId by, boolean yes) {
        if (mediation.isOver()) {
            return new Barred<>(Bar.MEDIATION_OVER);
        }
        if (!(rooms.of(by).orElse(Room.WAITING) instanceof Room.Private(PersonId party))) {
            return new Barred<>(Bar.NOBODY_ASKED);
        }
        Rooms.@Nullable Ask ask = rooms.asks().get(party);
        if (ask == null) {
            return new Barred<>(Bar.NOBODY_ASKED);
        }
        var said = new HashSet<>(ask.yes());
        said.add(by);
        return new Allowed<>(
                rooms.asking(party, yes ? new Rooms.Ask(ask.by(), ask.of(), said) : null));
    }
}
