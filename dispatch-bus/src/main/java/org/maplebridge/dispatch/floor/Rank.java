package org.maplebridge.dispatch.floor;

import org.maplebridge.dispatch.model.Severity;

/// How much a request counts after what was asked has been cut down to what is allowed.
///
/// @param overrides asked with the override key by somebody who may
record Rank(Severity tier, boolean chair, int priority, boolean overrides) {

    static Rank of(FloorInput.Request request, Speaker speaker, FloorRules rules) {
        Severity tier =
                request.tier().isGraverThan(speaker.maxTier()) ? speaker.maxTier() : request.tier();
        int allowed = Math.min(speaker.maxPriority(), rules.priorityCap());
        int priority = Math.clamp(request.priority(), 0, Math.max(0, allowed));
        boolean overrides = request.override() && speaker.mayOverride();
        return new Rank(tier, speaker.chair(), priority, overrides);
    }

    /// A graver tier than the talker's takes the floor; a milder one than the talker's or the
    /// call's never does. Within a tier the strictly greater priority does; the override key needs
    /// no greater one, except against somebody who used it too, or two commanders would cut each
    /// other off for ever.
    boolean preempts(Rank talker, Severity callTier) {
        if (callTier.isGraverThan(tier) || talker.tier.isGraverThan(tier)) {
            return false;
        }
        return tier.isGraverThan(talker.tier)
                || priority > talker.priority
                || (overrides && !talker.overrides);
    }

    /// Order in the queue: tier, then the chair, then priority. Who came first decides the rest.
    boolean waitsBefore(Rank other) {
        if (tier != other.tier) {
            return tier.isGraverThan(other.tier);
        }
        return chair == other.chair ? priority > other.priority : chair;
    }
}
