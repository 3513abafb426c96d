package org.maplebridge.signaling.scene.ambient;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.protocol.ServerMessage.AmbientNews.AmbientState;

/// The way of listening in to other nodes. All but [#nodeOf] return at once and come in the order
/// in which they were said.
///
/// Thread: any.
interface AmbientPost {
    /// For a node without others.
    AmbientPost NOWHERE = new AmbientPost() {};

    /// Another node at which the unit's terminal is. Looks into the bus' registry.
    default Optional<MemberId> nodeOf(UnitId unit) {
        return Optional.empty();
    }

    /// To the unit's node: somebody here wants to listen.
    default void start(MemberId node, AmbientBoard.Ear ear) {}

    default void stop(MemberId node, CallId id) {}

    /// To the unit's node: this one still listens. Answered by [#state].
    default void still(MemberId node, CallId id) {}

    /// To the listener's node: how far it is.
    default void state(
            MemberId node, CallId id, AmbientState state, boolean notice, @Nullable String why) {}
}
