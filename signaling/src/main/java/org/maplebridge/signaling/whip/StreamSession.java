package org.maplebridge.signaling.whip;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.LegId;

/// One WHIP or WHEP session.
///
/// @param owner how the rest of the server calls it
/// @param account who pays for it in limits and audit
/// @param guest the room that the picture is shown to, for who plays it by no other right
/// @param etag names the ICE session, so changes with each restart
record StreamSession(
        String id,
        Kind kind,
        UnitId unit,
        SessionId owner,
        LegId leg,
        String account,
        @Nullable NodeId guest,
        String etag) {
    enum Kind {
        PUBLISHES,
        PLAYS
    }

    StreamSession restarted(String nextEtag) {
        return new StreamSession(id, kind, unit, owner, leg, account, guest, nextEtag);
    }
}
