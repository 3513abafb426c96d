package org.maplebridge.dispatch.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Where an incident may go from where it stands: to any step of the loop and back, since rooms do
/// not all walk it in one order; but what is closed stays closed.
///
/// Pure.
public final class IncidentWorkflow {
    private IncidentWorkflow() {}

    public enum Outcome {
        MOVED,
        /// It stands there already.
        REPEATED,
        /// It is closed.
        NOT_ALLOWED
    }

    public record Step(Incident next, Outcome outcome) {}

    /// @param at when it is done
    public static Step step(Incident incident, Incident.State to, Instant at) {
        if (incident.state() == to) {
            return new Step(incident, Outcome.REPEATED);
        }
        if (incident.isClosed()) {
            return new Step(incident, Outcome.NOT_ALLOWED);
        }
        @Nullable Instant closedAt = to == Incident.State.CLOSED ? at : null;
        return new Step(incident.standing(to, closedAt), Outcome.MOVED);
    }
}
