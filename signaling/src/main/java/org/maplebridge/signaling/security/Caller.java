package org.maplebridge.signaling.security;

import java.time.Instant;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.ApiKey;

/// Who sent a request or holds a connection, as far as it was proved.
///
/// Thread: any, immutable.
public sealed interface Caller {
    /// For audit and limits: the account or the key.
    String account();

    /// Somebody who signed in.
    ///
    /// @param tokenHash of the token they came with, to end what it opened when it ends
    record Person(User user, Role role, String tokenHash, Instant expiresAt) implements Caller {
        public boolean may(Permission permission) {
            return role.allows(permission);
        }

        /// @param locale BCP 47 tag of the language that this person reads at the moment
        public Person readingIn(String locale) {
            return new Person(user.in(locale), role, tokenHash, expiresAt);
        }

        @Override
        public String account() {
            return user.id().value();
        }
    }

    /// An encoder or a player.
    record Machine(ApiKey key) implements Caller {
        @Override
        public String account() {
            return "key:" + key.id();
        }
    }
}
