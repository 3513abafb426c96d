package org.maplebridge.dispatch.call;

import org.maplebridge.dispatch.model.SessionId;

/// What can happen to an open private call.
public sealed interface CallInput {
    /// A session takes part on this side: another seat of the room, or one that comes back.
    record Join(SessionId who, CallState.End end) implements CallInput {}

    /// A session's connection is gone for good.
    record Lost(SessionId who) implements CallInput {}

    /// Somebody hangs up. When others of the same side are still there, only this one leaves.
    record HangUp(SessionId who) implements CallInput {}

    /// The time of the last [CallOutput.WakeAt] has come. A stray one is harmless.
    record Wake() implements CallInput {}
}
