package org.maplebridge.dispatch.store;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// Which incidents somebody wants to read, of those they may.
///
/// @param rooms that handle it or did; absent for whichever
/// @param severities none for all
/// @param text in its number, title or place; empty for any
/// @param before only what comes after this one in the list
public record IncidentQuery(
        @Nullable Collection<NodeId> rooms,
        Ended ended,
        Set<Severity> severities,
        String text,
        @Nullable IncidentId before,
        int limit) {
    public enum Ended {
        OPEN,
        CLOSED,
        ALL
    }

    public static IncidentQuery of(@Nullable Collection<NodeId> rooms, int limit) {
        return new IncidentQuery(rooms, Ended.ALL, Set.of(), "", null, limit);
    }
}
