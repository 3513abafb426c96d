package org.maplebridge.dispatch.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.IncidentId;

/// How far an incident is in its loop.
///
/// @param loop id of the [Loop] it walks
/// @param step id of the step it is at; stays when it is closed
/// @param due when the step has to be done
/// @param reopenedAt call-backs before this count no more
/// @param merged the incident that this one is a part of now
/// @param result what came of it, told to who reported it
public record Standing(
        String loop,
        String step,
        @Nullable Instant due,
        @Nullable Instant reopenedAt,
        @Nullable IncidentId merged,
        @Nullable String result) {
    Standing at(String next, @Nullable Instant nextDue) {
        return new Standing(loop, next, nextDue, reopenedAt, merged, result);
    }

    Standing due(@Nullable Instant later) {
        return new Standing(loop, step, later, reopenedAt, merged, result);
    }

    Standing closed(String last, String with) {
        return new Standing(loop, last, null, reopenedAt, merged, with);
    }

    Standing reopened(String at, @Nullable Instant nextDue, Instant when) {
        return new Standing(loop, at, nextDue, when, null, null);
    }

    Standing mergedInto(@Nullable IncidentId other) {
        return new Standing(loop, step, due, reopenedAt, other, result);
    }
}
