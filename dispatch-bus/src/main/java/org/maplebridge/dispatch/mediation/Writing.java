package org.maplebridge.dispatch.mediation;

import java.time.Instant;

/// One version of what was written at the table.
///
/// @param number 1, 2 … for each kind
/// @param hash SHA-256 of kind, number and body: what is signed
/// @param readBack since when all at the table can read it; a version that was not read back is
///   signed by nobody
public record Writing(
        Kind kind,
        int number,
        String body,
        String hash,
        PersonId by,
        Instant at,
        @org.jspecify.annotations.Nullable Instant readBack) {
    public static final int MOST_CHARS = 20_000;

    public enum Kind {
        MINUTES,
        AGREEMENT,
        /// That none was reached, and what that means.
        NO_AGREEMENT
    }

    Writing readBack(Instant when) {
        return new Writing(kind, number, body, hash, by, at, when);
    }
}
