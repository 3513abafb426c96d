package org.maplebridge.dispatch.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UserId;

/// A key for a machine: an encoder or a player, never a person.
///
/// @param id how people speak of it, to revoke it
/// @param keyHash only a hash of the key is kept
/// @param units ids of units it is good for, or `*`
public record ApiKey(
        String id,
        String keyHash,
        String name,
        Set<String> scopes,
        Set<String> units,
        UserId createdBy,
        Instant createdAt,
        @Nullable Instant revokedAt) {
    public static final String ANY_UNIT = "*";

    public ApiKey {
        scopes = Set.copyOf(scopes);
        units = Set.copyOf(units);
    }

    /// Whether it opens this door for this unit.
    public boolean allows(String scope, String unit) {
        return revokedAt == null
                && scopes.contains(scope)
                && (units.contains(ANY_UNIT) || units.contains(unit));
    }

    @Override
    public String toString() {
        return "ApiKey[" + id + "]";
    }
}
