package org.maplebridge.dispatch.call;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    /// The side on which a session takes part, or is rung at.
    Optional<End> endOf(SessionId session);

    /// All who take part or are rung at.
    Set<SessionId> everybody();

    /// Nobody has answered yet.
    ///
    /// @param rung where it rings; may be empty while the only device is away
    /// @param oneAtATime whether there will be a floor
    record Ringing(SessionId caller, Set<SessionId> rung, boolean oneAtATime, long endsAtNanos)
            implements CallState {
        public Ringing {
            rung = Collections.unmodifiableSet(new LinkedHashSet<>(rung));
        }

        Ringing at(Set<SessionId> others) {
            return new Ringing(caller, others, oneAtATime, endsAtNanos);
        }

        @Override
        public Optional<End> endOf(SessionId session) {
            if (session.equals(caller)) {
                return Optional.of(End.CALLER);
            }
            return rung.contains(session) ? Optional.of(End.CALLEE) : Optional.empty();
        }

        @Override
        public Set<SessionId> everybody() {
            var all = new LinkedHashSet<SessionId>();
            all.add(caller);
            all.addAll(rung);
            return all;
        }
    }

    /// @param present who is in the call, with their side
    /// @param oneAtATime whether it has a floor; without one each side is one device
    /// @param closesAtNanos when `lonely` is true: when waiting for the missing side is over
    record Open(Map<SessionId, End> present, boolean oneAtATime, boolean lonely, long closesAtNanos)
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

        @Override
        public Optional<End> endOf(SessionId session) {
            @Nullable End end = present.get(session);
            return Optional.ofNullable(end);
        }

        @Override
        public Set<SessionId> everybody() {
            return present.keySet();
        }
    }

    record Closed() implements CallState {
        @Override
        public Optional<End> endOf(SessionId session) {
            return Optional.empty();
        }

        @Override
        public Set<SessionId> everybody() {
            return Set.of();
        }
    }
}
