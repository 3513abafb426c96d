package org.maplebridge.signaling.scene.floor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.scene.Speech;

/// The talk keys of this node's people that are down and have no answer yet.
///
/// Thread: its conversation's mailbox.
final class Presses {
    /// Instead of a press's time: the talker waited in the queue, where nobody speaks.
    static final long WAITED = Long.MIN_VALUE;

    /// @param call under which it was pressed
    /// @param heardFromNanos what was said since then belongs to the talk
    /// @param asked to be asked again should who decides be lost
    record Press(
            CallId call,
            long pressedNanos,
            long heardFromNanos,
            Speech.@Nullable SpokenOrder order,
            FloorInput.Request asked) {
        static Press of(
                CallId call,
                long nanos,
                Speech.@Nullable SpokenOrder order,
                FloorInput.Request asked) {
            return new Press(call, nanos, nanos, order, asked);
        }

        boolean waited() {
            return heardFromNanos == WAITED;
        }

        private Press waiting() {
            return new Press(call, pressedNanos, WAITED, order, asked);
        }
    }

    private final Map<SessionId, Press> pending = new HashMap<>();

    Optional<Press> of(SessionId who) {
        return Optional.ofNullable(pending.get(who));
    }

    void add(SessionId who, Press press) {
        pending.putIfAbsent(who, press);
    }

    void replace(SessionId who, Press press) {
        pending.put(who, press);
    }

    Optional<Press> take(SessionId who) {
        return Optional.ofNullable(pending.remove(who));
    }

    /// Who waits says nothing meanwhile: the talk begins with the grant.
    void waits(SessionId who) {
        pending.computeIfPresent(who, (_, press) -> press.waiting());
    }

    List<SessionId> who() {
        return List.copyOf(pending.keySet());
    }

    List<Press> all() {
        return List.copyOf(pending.values());
    }
}
