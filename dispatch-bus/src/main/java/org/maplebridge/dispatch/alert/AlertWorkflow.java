package org.maplebridge.dispatch.alert;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert.Ending;
import org.maplebridge.dispatch.alert.Alert.Phase;
import org.maplebridge.dispatch.model.Severity;

/// What becomes of a call for help: pending → active → closed, or cancelled while it was pending. A
/// unit has one open alert; only a graver one takes its place.
///
/// Pure.
public final class AlertWorkflow {
    private AlertWorkflow() {}

    /// What became of somebody's cry.
    public sealed interface Raising {
        /// @param former the one it takes the place of, as it ends
        record Raised(Alert alert, @Nullable Alert former) implements Raising {}

        /// The unit has an open alert that is as grave.
        record Busy(Alert open) implements Raising {}

        /// An ordinary matter is no alert.
        record TooMild() implements Raising {}
    }

    /// What became of an alert.
    public enum Outcome {
        ACTIVATED,
        CANCELLED,
        CLOSED,
        /// The countdown is not over, or was over before.
        UNCHANGED,
        /// It was over already.
        OVER,
        /// Who ends other people's alerts says why.
        REASON_MISSING,
        NOT_ALLOWED;

        /// Whether there is something new to be stored.
        public boolean changes() {
            return this == ACTIVATED || this == CANCELLED || this == CLOSED;
        }
    }

    public record Step(Alert next, Outcome outcome) {}

    /// @param countdown how long it can be taken back
    /// @param open the unit's open alert
    public static Raising raise(Cry cry, Duration countdown, @Nullable Alert open, Instant now) {
        if (cry.tier() == Severity.YELLOW) {
            return new Raising.TooMild();
        }
        if (open == null) {
            return new Raising.Raised(alert(cry, now, now.plus(countdown)), null);
        }
        if (!cry.tier().isGraverThan(open.tier())) {
            return new Raising.Busy(open);
        }
        // Help is on its way already, or will be when the first countdown is over.
        Instant activeAt = open.phase() == Phase.ACTIVE ? now : open.activeAt();
        var former = open.ended(new Ending(cry.by(), now, null));
        return new Raising.Raised(alert(cry, now, activeAt), former);
    }

    private static Alert alert(Cry cry, Instant now, Instant activeAt) {
        return new Alert(
                cry.id(),
                cry.unit(),
                cry.by(),
                cry.tier(),
                cry.group(),
                activeAt.isAfter(now) ? Phase.PENDING : Phase.ACTIVE,
                now,
                activeAt,
                cry.position(),
                null,
                0);
    }

    public static Step step(Alert alert, AlertInput input, Instant now) {
        return switch (input) {
            case AlertInput.Elapsed _ ->
                    alert.phase() == Phase.PENDING && !now.isBefore(alert.activeAt())
                            ? new Step(alert.activated(now), Outcome.ACTIVATED)
                            : new Step(alert, Outcome.UNCHANGED);
            case AlertInput.Restarted _ ->
                    alert.phase() == Phase.PENDING
                            ? new Step(alert.activated(now), Outcome.ACTIVATED)
                            : new Step(alert, Outcome.UNCHANGED);
            case AlertInput.End end -> end(alert, end, now);
        };
    }

    private static Step end(Alert alert, AlertInput.End end, Instant now) {
        if (!alert.isOpen()) {
            return new Step(alert, Outcome.OVER);
        }
        @Nullable String reason = end.reason();
        boolean own = end.by().equals(alert.by());
        if (!own && !end.mayClear()) {
            return new Step(alert, Outcome.NOT_ALLOWED);
        }
        if (!own && (reason == null || reason.isBlank())) {
            return new Step(alert, Outcome.REASON_MISSING);
        }
        var next = alert.ended(new Ending(end.by(), now, reason));
        return new Step(next, next.phase() == Phase.CANCELLED ? Outcome.CANCELLED : Outcome.CLOSED);
    }
}
