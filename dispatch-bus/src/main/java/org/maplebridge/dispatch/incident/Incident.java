package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// Something that happened and has to be settled.
///
/// @param number what people call it by, unique in the county; empty until the record has given one
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
    /// Something that has just become known and is nowhere in the record yet.
    public static Incident received(
            IncidentId id,
            String title,
            Severity severity,
            NodeId node,
            String place,
            @Nullable GeoPoint point,
            Instant at) {
        return new Incident(
                id, "", title, severity, State.RECEIVED, node, place, point, at, null, 0);
    }

    /// Asked by the record alone.
    ///
    /// @param serial counts the incidents of a county
    public Incident numbered(long serial) {
        int year = openedAt.atOffset(ZoneOffset.UTC).getYear();
        String given = String.format(Locale.ROOT, "%d-%06d", year, serial);
        return new Incident(
                id, given, title, severity, state, node, place, point, openedAt, closedAt, version);
    }

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
