package org.maplebridge.dispatch.bus;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;

/// Who may speak in a conversation.
///
/// @param epoch grows with every grant of this call, on whichever node; the higher one wins
/// @param holder absent while the floor is free
public record FloorHolder(CallId call, long epoch, @Nullable SessionId holder, MemberId member) {

    /// The same epoch with nobody speaking.
    public FloorHolder freed() {
        return new FloorHolder(call, epoch, null, member);
    }
}
