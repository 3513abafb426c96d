package org.maplebridge.dispatch.floor;

import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;

/// Somebody who takes part in a conversation, and how far their voice reaches. What a client asks
/// for is never believed beyond this.
///
/// @param chair the duty commander: waits before others of the same tier
/// @param mayOverride may take the floor from somebody of equal weight by the override key
public record Speaker(
        SessionId session,
        int maxPriority,
        Severity maxTier,
        boolean chair,
        boolean mayOverride,
        boolean receiveOnly) {
    /// Talks with priority 0 to `maxPriority`, at any tier, with no special rights.
    public static Speaker of(SessionId session, int maxPriority) {
        return new Speaker(session, maxPriority, Severity.RED, false, false, false);
    }

    public Speaker asChair() {
        return new Speaker(session, maxPriority, maxTier, true, true, receiveOnly);
    }

    public Speaker muted() {
        return new Speaker(session, maxPriority, maxTier, chair, mayOverride, true);
    }
}
