package org.maplebridge.dispatch.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UnitId;

/// What shows that somebody was there. All but the last are proofs; a word is what a seat says.
public sealed interface Proof {
    /// @param metres between unit and incident; absent until that was looked up
    /// @param seenAt when the unit said where it was
    record Place(UnitId unit, @Nullable Integer metres, @Nullable Instant seenAt)
            implements Proof {}

    /// @param evidence one of the incident's pictures and videos
    record Picture(EvidenceId evidence) implements Proof {}

    /// People met about it, and how that ended is on record.
    record Mediated(MediationId mediation) implements Proof {}

    record Word(String text) implements Proof {}

    default boolean isProof() {
        return !(this instanceof Word);
    }
}
