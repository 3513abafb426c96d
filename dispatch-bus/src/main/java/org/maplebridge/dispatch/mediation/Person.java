package org.maplebridge.dispatch.mediation;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.UserId;

/// Somebody who has a place at the table.
///
/// @param side the party whom an agent or an interpreter goes with
/// @param account of who works for the county; absent for who comes by an invitation
/// @param phone sealed, for drop-outs; absent when none was given
public record Person(
        PersonId id,
        Role role,
        String name,
        @Nullable PersonId side,
        @Nullable UserId account,
        @Nullable String phone,
        @Nullable Identity identity) {
    public static final int NAME_CHARS = 40;

    public enum Role {
        MEDIATOR,
        CLERK,
        PARTY,
        AGENT,
        EXPERT,
        INTERPRETER,
        OBSERVER,
        /// Sits at a consultation by office.
        MEMBER;

        /// Who leads the mediation: agrees to nothing beforehand, and may be in every room.
        public boolean leads() {
            return this == MEDIATOR || this == CLERK;
        }

        /// Whom office binds to keep what is said to themselves: asked by nobody.
        public boolean isBound() {
            return leads() || this == MEMBER;
        }

        /// Whose name stands under an agreement.
        public boolean signs() {
            return this == MEDIATOR || this == PARTY || this == AGENT;
        }
    }

    /// Who somebody said they are, as far as that was looked at.
    ///
    /// @param sealed name and document number, encrypted
    /// @param masked as everybody at the table may read it
    /// @param verdict a word of the port that looked
    public record Identity(String sealed, String masked, String verdict, java.time.Instant at) {}

    Person identified(Identity as) {
        return new Person(id, role, name, side, account, phone, as);
    }

    /// A telephone number is nobody's business by accident in a log.
    @Override
    public String toString() {
        return "Person[" + id + ", " + role + "]";
    }
}
