package org.maplebridge.dispatch.bus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A connected session: who, as which unit, on which node.
///
/// @param place what only one session may have at a time: a user's console, a unit's terminal. A
///   newer session takes the place of the older one
public record Connection(
        String place,
        SessionId session,
        UserId user,
        @Nullable UnitId unit,
        MemberId member,
        Instant since) {}
