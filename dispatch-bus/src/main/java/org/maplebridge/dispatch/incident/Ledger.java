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
///
/// @param expected who must come because the room says so, beside those of the loop
/// @param sessions in which rooms talked about whose matter it is
/// @param letters that were written about it
public record Ledger(
        List<Room> rooms,
        List<Visit> visits,
        List<Contact> contacts,
        List<Arrival> arrivals,
        List<Exhibit> exhibits,
        List<Expected> expected,
        List<Session> sessions,
        List<Letter> letters) {
    /// More than a matter of a county ever needs; what comes after is refused.
    public static final int MOST_ENTRIES = 200;

    public Ledger {
        rooms = List.copyOf(rooms);
        visits = List.copyOf(visits);
        contacts = List.copyOf(contacts);
        arrivals = List.copyOf(arrivals);
        exhibits = List.copyOf(exhibits);
        expected = List.copyOf(expected);
        sessions = List.copyOf(sessions);
        letters = List.copyOf(letters);
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
    /// @param who one of the loop's list, or of those whom the room expects
    public record Arrival(String who, Instant at, Proof proof, UserId by) {}

    /// @param excused why they need not come after all
    public record Expected(
            String who, String name, UserId by, Instant at, @Nullable String excused) {}

    /// A joint session.
    ///
    /// @param rooms that were asked to come
    /// @param decision absent while they talk
    public record Session(
            Instant openedAt,
            UserId by,
            String reason,
            List<NodeId> rooms,
            @Nullable Settlement decision) {
        public Session {
            rooms = List.copyOf(rooms);
        }
    }

    /// @param present rooms that took part
    public record Settlement(
            Instant at, UserId by, NodeId owner, String reason, List<NodeId> present) {
        public Settlement {
            present = List.copyOf(present);
        }
    }

    /// @param template id of the template that it was written after
    /// @param sent whether it was handed over, not only printed
    /// @param due when an answer has to be there
    public record Letter(
            String template,
            NodeId node,
            boolean sent,
            @Nullable Instant due,
            Instant at,
            UserId by) {}

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
                List.of(),
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

    /// Whether that does not rest on words alone.
    public boolean hasProved(String who) {
        return arrivals.stream()
                .anyMatch(arrival -> arrival.who().equals(who) && arrival.proof().isProof());
    }

    /// Who has to come by the room's own word.
    public List<Expected> awaited() {
        return expected.stream().filter(one -> one.excused() == null).toList();
    }

    /// The joint session that is going on.
    public Optional<Session> session() {
        return sessions.isEmpty() || sessions.getLast().decision() != null
                ? Optional.empty()
                : Optional.of(sessions.getLast());
    }

    /// Whether rooms have decided together whose matter it is.
    public boolean isSettled() {
        return sessions.stream().anyMatch(session -> session.decision() != null);
    }

    boolean isFull() {
        return visits.size() >= MOST_ENTRIES
                || contacts.size() >= MOST_ENTRIES
                || rooms.size() >= MOST_ENTRIES
                || arrivals.size() >= MOST_ENTRIES
                || expected.size() >= MOST_ENTRIES
                || sessions.size() >= MOST_ENTRIES
                || letters.size() >= MOST_ENTRIES;
    }

    /// In the place of the room's former share, or at the end.
    Ledger with(Room room) {
        return rooms(replaced(rooms, other -> other.node().equals(room.node()), room));
    }

    private Ledger rooms(List<Room> next) {
        return new Ledger(next, visits, contacts, arrivals, exhibits, expected, sessions, letters);
    }

    Ledger with(Contact contact) {
        var more = added(contacts, contact);
        return new Ledger(rooms, visits, more, arrivals, exhibits, expected, sessions, letters);
    }

    Ledger with(Arrival arrival) {
        var next = replaced(arrivals, other -> other.who().equals(arrival.who()), arrival);
        return new Ledger(rooms, visits, contacts, next, exhibits, expected, sessions, letters);
    }

    Ledger with(Expected one) {
        var next = replaced(expected, other -> other.who().equals(one.who()), one);
        return new Ledger(rooms, visits, contacts, arrivals, exhibits, next, sessions, letters);
    }

    /// In the place of the one that is going on, or at the end.
    Ledger with(Session session) {
        var next = replaced(sessions, other -> other.decision() == null, session);
        return new Ledger(rooms, visits, contacts, arrivals, exhibits, expected, next, letters);
    }

    Ledger with(Letter letter) {
        var more = added(letters, letter);
        return new Ledger(rooms, visits, contacts, arrivals, exhibits, expected, sessions, more);
    }

    Visit visit() {
        return visits.getLast();
    }

    Ledger visiting(Visit visit) {
        var changed = new ArrayList<>(visits);
        changed.set(changed.size() - 1, visit);
        return visits(changed);
    }

    Ledger entering(Visit visit) {
        return visits(added(visits, visit));
    }

    private Ledger visits(List<Visit> next) {
        return new Ledger(rooms, next, contacts, arrivals, exhibits, expected, sessions, letters);
    }

    private static <T> List<T> added(List<T> all, T one) {
        var more = new ArrayList<>(all);
        more.add(one);
        return more;
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
