package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;

/// What is written down of an incident beside where it stands: who handles it, which steps it took,
/// who was called back, who came, what shows it. Lists only grow, and their entries keep their
/// places.
public record Ledger(
        List<Room> rooms,
        List<Visit> visits,
        List<Contact> contacts,
        List<Arrival> arrivals,
        List<Exhibit> exhibits) {
    /// More than a matter of a county ever needs; what comes after is refused.
    public static final int MOST_ENTRIES = 200;

    public Ledger {
        rooms = List.copyOf(rooms);
        visits = List.copyOf(visits);
        contacts = List.copyOf(contacts);
        arrivals = List.copyOf(arrivals);
        exhibits = List.copyOf(exhibits);
    }

    /// One room's share of a matter that several handle: each answers for its own.
    ///
    /// @param reason why it was given to this room, or why the room gave it back
    public record Room(
            NodeId node,
            Role role,
            State state,
            Instant offeredAt,
            @Nullable Instant answeredAt,
            @Nullable String reason) {
        public enum Role {
            /// Answers for the whole.
            OWNER,
            JOINT
        }

        public enum State {
            OFFERED,
            ACCEPTED,
            RETURNED,
            DONE
        }

        /// Whether this room has taken it on and can still act.
        public boolean isIn() {
            return state == State.ACCEPTED || state == State.DONE;
        }

        Room answered(State answer, Instant at, @Nullable String why) {
            return new Room(node, role, answer, offeredAt, at, why);
        }
    }

    /// One stay at one step.
    ///
    /// @param reason why it took longer, or why the incident went back from here
    public record Visit(
            String step,
            Instant enteredAt,
            @Nullable Instant leftAt,
            @Nullable Instant due,
            @Nullable String reason) {
        Visit left(Instant at, @Nullable String why) {
            return new Visit(step, enteredAt, at, due, why == null ? reason : why);
        }

        Visit extended(@Nullable Instant later, String why) {
            return new Visit(step, enteredAt, leftAt, later, why);
        }
    }

    /// One attempt to ask who reported it whether it is settled.
    ///
    /// @param call id of the conversation it was said in
    public record Contact(
            Instant at, UserId by, How how, @Nullable String text, @Nullable String call) {
        public enum How {
            CALL,
            REFUSED,
            NO_ANSWER
        }
    }

    /// Somebody who had to come has come.
    ///
    /// @param who one of the loop's list
    /// @param proof what shows it: a position, a picture, a session
    public record Arrival(String who, Instant at, String proof, UserId by) {}

    /// A picture or video that has arrived. It comes by a road of its own and is read here.
    ///
    /// @param ofOurs whether somebody with an account sent it, and no citizen
    public record Exhibit(EvidenceId id, Instant at, boolean ofOurs) {}

    /// As an incident begins.
    static Ledger begun(Incident incident, Room.State owner) {
        Instant at = incident.openedAt();
        @Nullable Instant answeredAt = owner == Room.State.OFFERED ? null : at;
        return new Ledger(
                List.of(new Room(incident.node(), Room.Role.OWNER, owner, at, answeredAt, null)),
                List.of(
                        new Visit(
                                incident.standing().step(),
                                at,
                                incident.closedAt(),
                                incident.standing().due(),
                                null)),
                List.of(),
                List.of(),
                List.of());
    }

    public Optional<Room> room(NodeId node) {
        return rooms.stream().filter(room -> room.node().equals(node)).findFirst();
    }

    public boolean hasArrived(String who) {
        return arrivals.stream().anyMatch(arrival -> arrival.who().equals(who));
    }

    boolean isFull() {
        return visits.size() >= MOST_ENTRIES
                || contacts.size() >= MOST_ENTRIES
                || rooms.size() >= MOST_ENTRIES
                || arrivals.size() >= MOST_ENTRIES;
    }

    /// In the place of the room's former share, or at the end.
    Ledger with(Room room) {
        return new Ledger(
                replaced(rooms, other -> other.node().equals(room.node()), room),
                visits,
                contacts,
                arrivals,
                exhibits);
    }

    Ledger with(Contact contact) {
        var more = new ArrayList<>(contacts);
        more.add(contact);
        return new Ledger(rooms, visits, more, arrivals, exhibits);
    }

    Ledger with(Arrival arrival) {
        return new Ledger(
                rooms,
                visits,
                contacts,
                replaced(arrivals, other -> other.who().equals(arrival.who()), arrival),
                exhibits);
    }

    Visit visit() {
        return visits.getLast();
    }

    Ledger visiting(Visit visit) {
        var changed = new ArrayList<>(visits);
        changed.set(changed.size() - 1, visit);
        return new Ledger(rooms, changed, contacts, arrivals, exhibits);
    }

    Ledger entering(Visit visit) {
        var more = new ArrayList<>(visits);
        more.add(visit);
        return new Ledger(rooms, more, contacts, arrivals, exhibits);
    }

    private static <T> List<T> replaced(List<T> all, Predicate<T> same, T instead) {
        var changed = new ArrayList<T>();
        boolean found = false;
        for (T one : all) {
            boolean it = same.test(one);
            changed.add(it ? instead : one);
            found |= it;
        }
        if (!found) {
            changed.add(instead);
        }
        return changed;
    }
}
