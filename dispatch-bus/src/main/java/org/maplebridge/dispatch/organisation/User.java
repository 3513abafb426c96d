package org.maplebridge.dispatch.organisation;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A person with a place in the organisation.
///
/// @param role id of a [Role]
/// @param unit what this person speaks and answers as: the own car, or the room's unit that all
///   seats of the room share; absent for who is no part of operations
/// @param locale BCP 47 tag of the language this person reads
public record User(
        UserId id,
        Name name,
        String role,
        NodeId node,
        @Nullable UnitId unit,
        @Nullable SeatId seat,
        String locale) {
    /// The same person, reading another language.
    public User in(String other) {
        return new User(id, name, role, node, unit, seat, other);
    }
}
