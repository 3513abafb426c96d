package org.maplebridge.signaling.scene.call;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallInput;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.scene.Peer;

/// The way of private calls to other nodes. All but [#devices] return at once and come in the order
/// in which they were said.
///
/// Thread: any.
interface CallPost {
    /// For a node without others.
    CallPost NOWHERE = new CallPost() {};

    /// Devices of this unit at other nodes, and whether a call may open there. Waits for the word
    /// of those nodes, but not long: who says nothing counts as being away.
    default List<CallDevices.Offer> devices(UnitId unit) {
        return List.of();
    }

    /// To all nodes that are or were part of the call, from who decides: how it stands.
    ///
    /// @param endings of who was in it until now
    default void stands(Call call, Map<SessionId, Call.Ending> endings) {}

    /// To who decides: something happened here.
    ///
    /// @param reason in words of who did it
    default void happened(Call call, CallInput input, @Nullable String reason) {}

    /// To who decides: these of our people are in the call as it stands.
    default void there(Call call, List<SessionId> here) {}

    /// To a node that takes part in a call that we do not know (any more).
    default void gone(MemberId node, CallId call) {}

    /// To all: somebody came who may be a side of a call that runs.
    default void came(Peer peer) {}

    /// To all: whoever has a device of this unit, say that it is there.
    default void missing(UnitId unit) {}
}
