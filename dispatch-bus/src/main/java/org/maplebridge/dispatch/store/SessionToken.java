package org.maplebridge.dispatch.store;

import java.time.Instant;
import org.maplebridge.dispatch.model.UserId;

/// Proof of a sign-in. Only a hash of the token is kept.
public record SessionToken(String tokenHash, UserId user, Instant issuedAt, Instant expiresAt) {
    @Override
    public String toString() {
        return "SessionToken[" + user + ", until " + expiresAt + "]";
    }
}
