package org.maplebridge.signaling.scene.floor;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.floor.FloorInput;
import org.maplebridge.dispatch.floor.Speaker;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.signaling.scene.Peer;

/// What happens to a conversation. Every node that has somebody in it sees the same events in the
/// same order with the same times, and so comes to the same floor.
public sealed interface FloorEvent {
    /// Somebody takes part.
    ///
    /// @param as the call under which this one hears it
    /// @param setsUp whether the call is set up by it; a broadcast is by its talker
    record Entered(Peer peer, Speaker speaker, CallId as, boolean setsUp) implements FloorEvent {}

    /// Somebody hears it under this call no longer; under no call any more, they take no part.
    record Left(SessionId who, CallId as) implements FloorEvent {}

    /// Somebody takes no part any more, under whatever call.
    record Gone(SessionId who) implements FloorEvent {}

    /// The talk key is pressed.
    ///
    /// @param as the call under which it is
    record Pressed(FloorInput.Request request, CallId as) implements FloorEvent {}

    /// @param by the name of who did it, for those who take part
    record Raised(Severity to, @Nullable String by) implements FloorEvent {}

    /// Everything that moves the floor and nothing else.
    record Happened(FloorInput input) implements FloorEvent {}
}
