package org.maplebridge.dispatch.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UserId;

/// How somebody proves to be a [org.maplebridge.dispatch.organisation.User].
///
/// @param passwordHash opaque here; made and checked by who signs people in
/// @param failures wrong passwords since the last right one
/// @param lockedUntil no password is tried before
public record Account(
        UserId user,
        String passwordHash,
        boolean enabled,
        int failures,
        @Nullable Instant lockedUntil) {
    public static Account of(UserId user, String passwordHash) {
        return new Account(user, passwordHash, true, 0, null);
    }

    @Override
    public String toString() {
        return "Account[" + user + "]";
    }
}
