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
/// @param standing how far it is
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
        Origin origin,
        Standing standing,
        long version) {
    /// A line of a list, a sentence, a place: as much as the record has room for.
    public static final int MAX_LINE_CHARS = 200;

    public static final int MAX_TEXT_CHARS = 4_000;

    /// The seven steps of the closed loop; each step of a loop is one of them.
    public enum State {
        RECEIVED,
        TRANSFERRED,
        HANDLING,
        FEEDBACK,
        REVIEW,
        SUPERVISED,
        CLOSED
    }

    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /// Whether the step it is at should have been done by now.
    public boolean isOverdue(Instant now) {
        @Nullable Instant due = standing.due();
        return !isClosed() && due != null && now.isAfter(due);
    }

    /// Asked by the record alone.
    ///
    /// @param serial counts the incidents of a county
    public Incident numbered(long serial) {
        int year = openedAt.atOffset(ZoneOffset.UTC).getYear();
        String given = String.format(Locale.ROOT, "%d-%06d", year, serial);
        return new Incident(
                id, given, title, severity, state, node, place, point, openedAt, closedAt, origin,
                standing, version);
    }

    Incident standing(State next, Standing at, @Nullable Instant closed) {
        return new Incident(
                id, number, title, severity, next, node, place, point, openedAt, closed, origin, at,
                version);
    }

    Incident ownedBy(NodeId owner) {
        return new Incident(
                id, number, title, severity, state, owner, place, point, openedAt, closedAt, origin,
                standing, version);
    }

    Incident graded(Severity grade) {
        return new Incident(
                id, number, title, grade, state, node, place, point, openedAt, closedAt, origin,
                standing, version);
    }
}
