package org.maplebridge.dispatch.incident;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Severity;

/// What happens when a step is late and nobody says why: the incident becomes graver by one degree,
/// and with that comes louder and is closed higher up. Once for each time limit that is missed.
///
/// Pure.
public final class Escalation {
    private final LoopWorkflow workflow;

    public Escalation(LoopWorkflow workflow) {
        this.workflow = workflow;
    }

    /// @return nothing when it is not time, or cannot become graver
    public Optional<Decision.Done> step(Dossier dossier, Instant now) {
        var incident = dossier.incident();
        @Nullable Instant due = incident.standing().due();
        @Nullable TimeLimit patience = workflow.step(incident).escalation();
        if (incident.isClosed() || due == null || patience == null) {
            return Optional.empty();
        }
        if (!now.isAfter(workflow.loops().calendar().after(due, patience))) {
            return Optional.empty();
        }
        return graver(incident.severity())
                .map(severity ->
                        new Decision.Done(
                                new Dossier(incident.graded(severity), dossier.ledger()),
                                Map.of(
                                        "action",
                                        "ESCALATE",
                                        "step",
                                        incident.standing().step(),
                                        "due",
                                        due.toString(),
                                        "severity",
                                        severity.name())));
    }

    private static Optional<Severity> graver(Severity severity) {
        return switch (severity) {
            case YELLOW -> Optional.of(Severity.ORANGE);
            case ORANGE -> Optional.of(Severity.RED);
            case RED -> Optional.empty();
        };
    }
}
