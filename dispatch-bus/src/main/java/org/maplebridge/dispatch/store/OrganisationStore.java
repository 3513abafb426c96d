package org.maplebridge.dispatch.store;

import java.util.Optional;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;

/// The organisation as a whole. Small, read at start and again when the bus says that it changed.
public interface OrganisationStore {
    /// @return nothing before the first [#replace]
    Optional<Organisation> load() throws RecordUnavailable;

    void replace(Organisation organisation) throws RecordUnavailable;

    /// @return false when a unit has this id already; it is left as it is
    boolean add(Unit unit, Happening happening) throws RecordUnavailable;

    /// @return false when a user has this id already
    boolean add(User user, Happening happening) throws RecordUnavailable;
}
