package org.maplebridge.dispatch.unit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A unit as others see it: its status and who is connected as it. A room has as many people as it
/// has seats.
///
/// Thread: any, immutable.
///
/// @param people who is connected, by session, in the order they came
/// @param since when it came online or went offline
public record UnitState(
        UnitId unit, UnitStatus status, Map<SessionId, UserId> people, Instant since) {
    public UnitState {
        people = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(people));
    }

    public static UnitState offline(UnitId unit, Instant since) {
        return new UnitState(unit, UnitStatus.AVAILABLE, Map.of(), since);
    }

    public boolean isOnline() {
        return !people.isEmpty();
    }

    /// A repeat changes nothing; `since` moves only when the first one comes.
    public UnitState joined(SessionId session, UserId user, Instant at) {
        if (people.containsKey(session)) {
            return this;
        }
        var more = new LinkedHashMap<>(people);
        more.put(session, user);
        return new UnitState(unit, status, more, isOnline() ? since : at);
    }

    /// `since` moves only when the last one goes.
    public UnitState left(SessionId session, Instant at) {
        if (!people.containsKey(session)) {
            return this;
        }
        var fewer = new LinkedHashMap<>(people);
        fewer.remove(session);
        return new UnitState(unit, status, fewer, fewer.isEmpty() ? at : since);
    }

    public UnitState says(UnitStatus said) {
        return said == status ? this : new UnitState(unit, said, people, since);
    }
}
