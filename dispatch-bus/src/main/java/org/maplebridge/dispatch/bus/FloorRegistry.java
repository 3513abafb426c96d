package org.maplebridge.dispatch.bus;

import java.util.Collection;
import java.util.Optional;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;

/// Which session holds which floor, kept on two nodes at least, so that a node may die.
public interface FloorRegistry {
    /// Notes a grant, if no higher epoch is known: a node that was cut off cannot take the floor
    /// back with an old one.
    ///
    /// @return what stands now: this grant, or the one that won
    FloorHolder take(CallId call, long epoch, SessionId holder, MemberId member);

    /// Frees the floor, if this very grant still holds it. The epoch stays known.
    boolean free(CallId call, long epoch);

    Optional<FloorHolder> at(CallId call);

    /// Floors that are held by sessions of this member.
    Collection<FloorHolder> heldBy(MemberId member);

    /// The conversation is over; its epoch is forgotten.
    void forget(CallId call);
}
