package org.maplebridge.signaling.mediation.expert;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.User;

/// Whom a mediation may ask in: who mediates, and who commands at a desk of a room or an agency.
/// Who has a place at the table and leads there is not asked.
///
/// Pure.
public final class ExpertDirectory {
    private ExpertDirectory() {}

    /// Mediators first, then those of the mediation's own room, then by account.
    public static List<User> of(Organisation organisation, Mediation mediation) {
        return organisation.users().stream()
                .filter(user -> isIn(organisation, mediation, user))
                .sorted(
                        Comparator.comparing((User user) -> !mediates(organisation, user))
                                .thenComparing(user -> !user.node().equals(mediation.node()))
                                .thenComparing(user -> user.id().value()))
                .toList();
    }

    public static Optional<User> find(
            Organisation organisation, Mediation mediation, UserId account) {
        return organisation.user(account).filter(user -> isIn(organisation, mediation, user));
    }

    private static boolean isIn(Organisation organisation, Mediation mediation, User user) {
        boolean leads =
                mediation.ofAccount(user.id()).filter(one -> one.role().leads()).isPresent();
        return !leads
                && role(organisation, user)
                        .filter(role ->
                                role.allows(Permission.MEDIATE) || role.allows(Permission.COMMAND))
                        .isPresent();
    }

    private static boolean mediates(Organisation organisation, User user) {
        return role(organisation, user).filter(role -> role.allows(Permission.MEDIATE)).isPresent();
    }

    private static Optional<Role> role(Organisation organisation, User user) {
        return organisation.role(user.role());
    }
}
