package org.maplebridge.dispatch.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.maplebridge.dispatch.model.SessionId;

/// A private call as it stands.
public sealed interface CallState {
    /// Which side of the call a session is on. A room's side has as many sessions as seats.
    enum End {
        CALLER,
        CALLEE;

        public End other() {
            return this == CALLER ? CALLEE : CALLER;
        }
    }

    /// @param present who is in the call, with their side
    /// @param closesAtNanos when `lonely` is true: when waiting for the missing side is over
    record Open(Map<SessionId, End> present, boolean lonely, long closesAtNanos)
            implements CallState {
        public Open {
            present = Collections.unmodifiableMap(new LinkedHashMap<>(present));
        }

        public Set<SessionId> of(End end) {
            return present.entrySet().stream()
                    .filter(entry -> entry.getValue() == end)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    record Closed() implements CallState {}
}
