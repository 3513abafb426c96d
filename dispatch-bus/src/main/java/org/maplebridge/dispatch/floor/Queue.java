package org.maplebridge.dispatch.floor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.model.SessionId;

/// Who waits for the floor, next one first. At most one stands at the front because they pre-empted
/// the talker.
///
/// Thread: any, immutable.
record Queue(List<Entry> entries) {
    static final Queue EMPTY = new Queue(List.of());

    record Entry(SessionId who, Rank rank, boolean front) {}

    Queue {
        entries = List.copyOf(entries);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /// Without the one at the front, who is there by right and counts against no limit.
    int ordinary() {
        return front().isPresent() ? entries.size() - 1 : entries.size();
    }

    boolean contains(SessionId who) {
        return positionOf(who) > 0;
    }

    Optional<Entry> find(SessionId who) {
        return entries.stream().filter(e -> e.who().equals(who)).findFirst();
    }

    /// The one who pre-empted the talker.
    Optional<Entry> front() {
        return entries.isEmpty() || !entries.getFirst().front()
                ? Optional.empty()
                : Optional.of(entries.getFirst());
    }

    /// 1 is next; 0 is not here.
    int positionOf(SessionId who) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).who().equals(who)) {
                return i + 1;
            }
        }
        return 0;
    }

    Queue without(SessionId who) {
        if (!contains(who)) {
            return this;
        }
        return new Queue(entries.stream().filter(e -> !e.who().equals(who)).toList());
    }

    /// Behind everybody who counts as much.
    Queue with(SessionId who, Rank rank) {
        var next = new ArrayList<>(without(who).entries);
        int at = 0;
        while (at < next.size()
                && (next.get(at).front() || !rank.waitsBefore(next.get(at).rank()))) {
            at++;
        }
        next.add(at, new Entry(who, rank, false));
        return new Queue(next);
    }

    /// Before everybody; nobody may stand at the front already.
    Queue withFront(SessionId who, Rank rank) {
        var next = new ArrayList<>(without(who).entries);
        next.addFirst(new Entry(who, rank, true));
        return new Queue(next);
    }
}
