package org.maplebridge.dispatch.ambient;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;

/// Who listens in on one unit. The unit's microphone is opened once for all of them.
///
/// @param listeners by the id of their listening
public record Listening(Phase phase, Map<CallId, SessionId> listeners) {
    public static final Listening NONE = new Listening(new Phase.Closed(), Map.of());

    public Listening {
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
    }

    /// How far the unit's microphone is.
    public sealed interface Phase {
        /// Nobody listens.
        record Closed() implements Phase {}

        /// The terminal was asked and has not said anything yet.
        record Asked(long endsAtNanos) implements Phase {}

        record On() implements Phase {}
    }

    Listening with(CallId id, SessionId who, Phase next) {
        Map<CallId, SessionId> more = new LinkedHashMap<>(listeners);
        more.put(id, who);
        return new Listening(next, more);
    }

    Listening without(CallId id) {
        Map<CallId, SessionId> fewer = new LinkedHashMap<>(listeners);
        fewer.remove(id);
        return fewer.isEmpty() ? NONE : new Listening(phase, fewer);
    }
}
