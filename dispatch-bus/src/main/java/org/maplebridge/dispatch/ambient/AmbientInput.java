package org.maplebridge.dispatch.ambient;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;

/// What can happen while somebody listens in on a unit.
public sealed interface AmbientInput {
    /// Somebody wants to. A repeat is harmless.
    ///
    /// @param id chosen by who listens
    record Start(CallId id, SessionId who) implements AmbientInput {}

    /// The terminal's microphone is open.
    record Opened() implements AmbientInput {}

    /// The terminal's microphone cannot be open, or is not any more.
    record Failed(@Nullable String reason) implements AmbientInput {}

    /// @param reason absent: as the listener wished
    record Stop(CallId id, @Nullable String reason) implements AmbientInput {}

    /// A listener's connection is gone for good.
    record Left(SessionId who) implements AmbientInput {}

    /// The terminal's connection is gone for good.
    record UnitLeft() implements AmbientInput {}

    /// The time of the last [AmbientOutput.WakeAt] has come. A stray one is harmless.
    record Wake() implements AmbientInput {}
}
