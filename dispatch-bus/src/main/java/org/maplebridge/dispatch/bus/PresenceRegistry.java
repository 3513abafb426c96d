package org.maplebridge.dispatch.bus;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// Who is connected where. An entry is a lease: it ends when it is released, when its member is
/// gone, or when its member stopped renewing it.
public interface PresenceRegistry {
    /// Takes the place for this session.
    ///
    /// @return the session that had the place until now, if it was another one; its node has to be
    ///   told
    Optional<Connection> claim(Connection connection);

    /// Gives the place back, if this very session still has it.
    ///
    /// @return false when somebody else has it, who stays
    boolean release(Connection connection);

    /// Keeps the leases of all sessions of this member alive, which last a minute; to be asked
    /// every 20 seconds.
    ///
    /// @return those that are not ours any more: taken by a newer session
    List<Connection> renew(Collection<Connection> mine);

    Optional<Connection> at(String place);

    List<Connection> ofUnit(UnitId unit);

    List<Connection> ofUser(UserId user);

    List<Connection> all();
}
