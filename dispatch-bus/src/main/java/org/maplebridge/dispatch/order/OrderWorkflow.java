package org.maplebridge.dispatch.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What a report does to an assignment: placed → delivered → read → accepted (or refused with a
/// reason) → en route → arrived → done. Steps may be jumped, since a terminal without network
/// reports late and not always everything; nothing is ever taken back.
///
/// Pure.
public final class OrderWorkflow {
    private OrderWorkflow() {}

    /// What became of a report.
    public enum Outcome {
        /// The next step in line.
        ADVANCED,
        /// Further on than the next step: those between were never reported.
        JUMPED,
        /// A step from before the one that stands; noted in the history, the state stays.
        LATE,
        /// Reported before; nothing changes.
        REPEATED,
        /// A refusal says why.
        REASON_MISSING,
        /// Cannot follow on what stands.
        NOT_ALLOWED;

        /// Whether there is something new to be stored.
        public boolean changes() {
            return this == ADVANCED || this == JUMPED || this == LATE;
        }
    }

    public record Step(Assignment next, Outcome outcome) {}

    public static Step step(Assignment assignment, Report report, Instant receivedAt) {
        Outcome outcome = outcome(assignment, report);
        return outcome.changes()
                ? new Step(noted(assignment, report, receivedAt, outcome), outcome)
                : new Step(assignment, outcome);
    }

    private static Outcome outcome(Assignment assignment, Report report) {
        OrderStep now = assignment.step();
        OrderStep reported = report.step();
        if (reported == OrderStep.PLACED) {
            return Outcome.NOT_ALLOWED; // the record says this, not the terminal
        }
        if (assignment.has(reported)) {
            return Outcome.REPEATED;
        }
        if (reported == OrderStep.REFUSED && now.rank() >= OrderStep.ACCEPTED.rank()) {
            return Outcome.NOT_ALLOWED;
        }
        if (now == OrderStep.REFUSED && reported.rank() >= now.rank()) {
            return Outcome.NOT_ALLOWED;
        }
        if (reported == OrderStep.REFUSED && isBlank(report.reason())) {
            return Outcome.REASON_MISSING;
        }
        if (reported.rank() < now.rank()) {
            return Outcome.LATE;
        }
        return reported.rank() == now.rank() + 1 ? Outcome.ADVANCED : Outcome.JUMPED;
    }

    private static Assignment noted(
            Assignment assignment, Report report, Instant receivedAt, Outcome outcome) {
        Instant at = possible(report.at(), assignment.history().getFirst().at(), receivedAt);
        var history = new ArrayList<>(assignment.history());
        history.add(new StepRecord(report.step(), at, receivedAt, report.reason()));
        history.sort(Comparator.comparingInt(r -> r.step().rank()));
        OrderStep step = outcome == Outcome.LATE ? assignment.step() : report.step();
        return new Assignment(assignment.unit(), step, history, assignment.version());
    }

    /// A terminal's clock may be wrong: nothing happened before the order or after we heard of it.
    private static Instant possible(Instant at, Instant placedAt, Instant receivedAt) {
        if (at.isAfter(receivedAt)) {
            return receivedAt;
        }
        return at.isBefore(placedAt) ? placedAt : at;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
