package org.maplebridge.dispatch.ambient;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;

/// What listening in tells the terminal, the listeners, the relay and its own clock.
public sealed interface AmbientOutput {
    /// The terminal's microphone may be open from now on.
    record Permit() implements AmbientOutput {}

    record Forbid() implements AmbientOutput {}

    /// To the terminal: open the microphone for this one.
    record Ask(CallId id) implements AmbientOutput {}

    /// To the terminal: this one is over.
    record Release(CallId id) implements AmbientOutput {}

    /// To the relay: this one hears the unit.
    record Hear(CallId id, SessionId who) implements AmbientOutput {}

    record Unhear(CallId id, SessionId who) implements AmbientOutput {}

    record Asked(CallId id, SessionId to) implements AmbientOutput {}

    record On(CallId id, SessionId to) implements AmbientOutput {}

    /// @param reason absent: as this one wished
    record Ended(CallId id, SessionId to, @Nullable String reason) implements AmbientOutput {}

    record WakeAt(long atNanos) implements AmbientOutput {}
}
