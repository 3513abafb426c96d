package org.maplebridge.dispatch.bus;

import java.util.Collection;
import java.util.Optional;
import org.maplebridge.dispatch.model.UnitId;

/// Which node has which unit's stream.
public interface SourceDirectory {
    /// @return the stream of this unit that it replaces, if there was another one
    Optional<LiveSource> announce(LiveSource source);

    /// Takes it back, if this very session still publishes it.
    boolean withdraw(UnitId unit, String session);

    Optional<LiveSource> of(UnitId unit);

    Collection<LiveSource> all();
}
