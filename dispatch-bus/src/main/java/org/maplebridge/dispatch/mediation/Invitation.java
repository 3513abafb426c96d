package org.maplebridge.dispatch.mediation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UserId;

/// A link for one person, good once and for a while. Only its hash is kept.
///
/// @param usedAt when it was exchanged for a place at the table
/// @param revokedAt when a newer one took its place, or the mediator took it back
public record Invitation(
        String hash,
        MediationId mediation,
        PersonId person,
        UserId by,
        Instant madeAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @Nullable Instant revokedAt) {
    /// Why it opens nothing.
    public enum Fault {
        USED,
        EXPIRED,
        REVOKED
    }

    /// @return nothing when it opens
    public @Nullable Fault fault(Instant now) {
        if (usedAt != null) {
            return Fault.USED;
        }
        if (revokedAt != null) {
            return Fault.REVOKED;
        }
        return now.isBefore(expiresAt) ? null : Fault.EXPIRED;
    }
}
