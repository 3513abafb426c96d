package org.maplebridge.dispatch.mediation;

import java.time.Instant;
import org.maplebridge.dispatch.model.MediationId;

/// By which one person's device comes back to its place at the table, and to nothing else. A newer
/// one of the same person takes its place.
public record SeatToken(String hash, MediationId mediation, PersonId person, Instant expiresAt) {}
