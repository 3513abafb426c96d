package org.maplebridge.dispatch.call;

import org.maplebridge.dispatch.model.SessionId;

/// What can happen to a private call that has begun.
public sealed interface CallInput {
    /// A session is there for this side: another seat of the room, or one that comes back. While
    /// the call rings, it rings there too.
    record Join(SessionId who, CallState.End end) implements CallInput {}

    /// A session's connection is gone for good.
    record Lost(SessionId who) implements CallInput {}

    /// Somebody takes the call that rings.
    record Answer(SessionId who) implements CallInput {}

    /// Somebody does not want it; the unit's other devices go on ringing.
    record Decline(SessionId who) implements CallInput {}

    /// Somebody hangs up. When others of the same side are still there, only this one leaves; where
    /// it rings, it is declined.
    record HangUp(SessionId who) implements CallInput {}

    /// The time of the last [CallOutput.WakeAt] has come. A stray one is harmless.
    record Wake() implements CallInput {}
}
