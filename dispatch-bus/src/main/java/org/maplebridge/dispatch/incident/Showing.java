package org.maplebridge.dispatch.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// One running picture, shown to a room that has no other right to see it: for one incident, and
/// for this one stream of the unit.
///
/// @param id of the wish that shows it
/// @param stream when it began, which tells it from the unit's next one
/// @param node the room that sees it
/// @param end when and why nobody there sees it any more
public record Showing(
        String id,
        IncidentId incident,
        UnitId unit,
        Instant stream,
        NodeId node,
        UserId by,
        String reason,
        Instant at,
        @Nullable End end) {
    public record End(Instant at, Cause cause) {}

    public enum Cause {
        /// The unit streams no more, or anew.
        STREAM,
        TAKEN_BACK,
        /// The incident is closed, or the room gave its share back.
        INCIDENT
    }

    public Showing ended(Instant when, Cause cause) {
        return new Showing(id, incident, unit, stream, node, by, reason, at, new End(when, cause));
    }

    public boolean isOpen() {
        return end == null;
    }
}
