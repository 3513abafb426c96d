package org.maplebridge.signaling.security;

import java.time.Instant;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.model.MediationId;
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

    /// Who holds a token that ends: it opens sessions.
    sealed interface Bearer extends Caller {
        String tokenHash();

        Instant expiresAt();
    }

    /// Somebody who signed in.
    ///
    /// @param tokenHash of the token they came with, to end what it opened when it ends
    record Person(User user, Role role, String tokenHash, Instant expiresAt) implements Bearer {
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

    /// Somebody with a place in one mediation, and nothing else here.
    record Participant(MediationId mediation, PersonId person, String tokenHash, Instant expiresAt)
            implements Bearer {
        @Override
        public String account() {
            return "mediation:" + mediation + ":" + person;
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
