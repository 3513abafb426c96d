package org.maplebridge.signaling.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.ClientMessage.OrderMessage.Severity;
import org.maplebridge.signaling.protocol.ServerMessage.AlertNews.Point;

/// News of incidents: that one was opened or changed, as it stands in a list. Everything else is
/// asked for over REST.
public sealed interface IncidentNews extends ServerMessage {
    /// @param number what people call it by
    /// @param state one of the seven words of the loop
    /// @param node who is responsible
    /// @param point where that is, WGS-84; absent where nobody has said it
    /// @param step of the incident's own loop
    /// @param stepDue when that should be done
    /// @param overdue whether it should have been by the time this was said
    /// @param version to be sent back with a change
    @MessageType("incident.changed")
    record IncidentChanged(
            String id,
            String number,
            String title,
            Severity severity,
            IncidentState state,
            String node,
            String place,
            @Nullable Point point,
            String step,
            @Nullable Instant stepDue,
            boolean overdue,
            long version,
            Instant openedAt)
            implements IncidentNews {}

    enum IncidentState {
        RECEIVED,
        TRANSFERRED,
        HANDLING,
        FEEDBACK,
        REVIEW,
        SUPERVISED,
        CLOSED
    }
}
