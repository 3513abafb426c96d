package org.maplebridge.dispatch.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// Something that happened and has to be settled.
///
/// @param number what people call it by, unique in the county
/// @param node who is responsible
/// @param version counts the stored changes; a store refuses to overwrite a newer one
public record Incident(
        IncidentId id,
        String number,
        String title,
        Severity severity,
        State state,
        NodeId node,
        String place,
        @Nullable GeoPoint point,
        Instant openedAt,
        @Nullable Instant closedAt,
        long version) {
    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /// The same incident at another step.
    Incident standing(State next, @Nullable Instant closed) {
        return new Incident(
                id, number, title, severity, next, node, place, point, openedAt, closed, version);
    }

    /// The seven steps of the closed loop.
    public enum State {
        RECEIVED,
        TRANSFERRED,
        HANDLING,
        FEEDBACK,
        REVIEW,
        SUPERVISED,
        CLOSED
    }
}
