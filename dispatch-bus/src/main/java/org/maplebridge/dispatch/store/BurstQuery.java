package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;

/// Which bursts somebody wants to read, of those they may.
///
/// @param reader whose eyes it is for
/// @param call said there; absent for anywhere
/// @param talker said by this unit; absent for anybody
/// @param from,until when it began, `[from, until)`
public record BurstQuery(
        Reader reader,
        @Nullable CallId call,
        @Nullable UnitId talker,
        Instant from,
        Instant until,
        int limit) {

    /// @param calls everything said in these may be read
    /// @param unit what this one could hear, and its own private calls, may be read
    /// @param privateCalls whether those of others may be read too
    public record Reader(Set<CallId> calls, @Nullable UnitId unit, boolean privateCalls) {
        public Reader {
            calls = Set.copyOf(calls);
        }
    }
}
