package org.maplebridge.signaling.scene;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews;

/// One unit's running live picture.
///
/// @param publisher the terminal's session, or the WHIP session that stands for one
/// @param by who sits at the terminal; absent for an encoder
/// @param pulledBy who started it without asking
public record Live(
        UnitId unit,
        SessionId publisher,
        @Nullable UserId by,
        Instant since,
        Camera camera,
        boolean muted,
        @Nullable String pulledBy) {
    Live with(Camera other, boolean soundOff) {
        return new Live(unit, publisher, by, since, other, soundOff, pulledBy);
    }

    LiveNews.Live shown() {
        return new LiveNews.Live(since, camera, muted, pulledBy);
    }
}
