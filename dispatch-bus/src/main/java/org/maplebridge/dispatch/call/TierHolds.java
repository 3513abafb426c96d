package org.maplebridge.dispatch.call;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;

/// What holds a call above its ordinary tier: what somebody wished, and the alerts that are open in
/// it. The gravest one counts; when it is let go, the next one does.
///
/// Pure.
public record TierHolds(@Nullable Wish wish, Map<AlertId, Severity> alerts) {
    public static final TierHolds NONE = new TierHolds(null, Map.of());

    public TierHolds {
        alerts = Map.copyOf(alerts);
    }

    /// @param by who raised the call last, or lowered it to this; absent when that was somebody of
    ///   another node, or follows from what the call is about
    public record Wish(Severity tier, @Nullable UserId by) {}

    /// What became of a wish.
    public sealed interface Outcome {
        record Changed(TierHolds next) implements Outcome {}

        /// The call is at this tier already.
        record Same() implements Outcome {}

        /// Somebody else raised it, and this one may not lower what others raised.
        record NotAllowed() implements Outcome {}

        /// An open alert holds it up; ending that one lowers the call.
        record HeldByAlert() implements Outcome {}
    }

    public Severity tier() {
        Severity gravest = ofAlerts();
        return wish != null && wish.tier().isGraverThan(gravest) ? wish.tier() : gravest;
    }

    public boolean isEmpty() {
        return wish == null && alerts.isEmpty();
    }

    /// Everybody who takes part may raise a call; lowering it is for who raised it, and for those
    /// with the right to.
    public Outcome wish(Wish asked, boolean mayLowerOthers) {
        Severity now = tier();
        if (asked.tier() == now) {
            return new Outcome.Same();
        }
        if (now.isGraverThan(asked.tier())) {
            if (ofAlerts().isGraverThan(asked.tier())) {
                return new Outcome.HeldByAlert();
            }
            boolean own = wish != null && wish.by() != null && wish.by().equals(asked.by());
            if (!own && !mayLowerOthers) {
                return new Outcome.NotAllowed();
            }
        }
        @Nullable Wish left = asked.tier() == Severity.YELLOW ? null : asked;
        return new Outcome.Changed(new TierHolds(left, alerts));
    }

    /// The same where the call is known to be at this tier by now: what differs was wished at
    /// another node.
    public TierHolds at(Severity known) {
        if (known == tier()) {
            return this;
        }
        return new TierHolds(known.isGraverThan(ofAlerts()) ? new Wish(known, null) : null, alerts);
    }

    /// The same for a call about a matter of this severity, whatever was wished before. Nobody
    /// wished it: who may lower what others raised may lower it.
    public TierHolds following(Severity severity) {
        return new TierHolds(severity == Severity.YELLOW ? null : new Wish(severity, null), alerts);
    }

    public TierHolds with(AlertId alert, Severity tier) {
        Map<AlertId, Severity> more = new LinkedHashMap<>(alerts);
        more.put(alert, tier);
        return new TierHolds(wish, more);
    }

    public TierHolds without(AlertId alert) {
        Map<AlertId, Severity> fewer = new LinkedHashMap<>(alerts);
        fewer.remove(alert);
        return new TierHolds(wish, fewer);
    }

    private Severity ofAlerts() {
        Severity gravest = Severity.YELLOW;
        for (Severity tier : alerts.values()) {
            gravest = tier.isGraverThan(gravest) ? tier : gravest;
        }
        return gravest;
    }
}
