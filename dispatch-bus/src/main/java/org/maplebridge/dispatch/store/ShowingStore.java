package org.maplebridge.dispatch.store;

import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;

/// Pictures that rooms are shown for an incident.
public interface ShowingStore {
    /// @return false when it is there already
    boolean begin(Showing showing) throws RecordUnavailable;

    /// @param happening of nobody's; absent where what ended it stands in the journal anyhow
    /// @return false when it is over already, and then nothing was written
    boolean end(Showing ended, Optional<Happening> happening) throws RecordUnavailable;

    Optional<Showing> find(String id) throws RecordUnavailable;

    List<Showing> open() throws RecordUnavailable;

    /// Those that are not over, oldest first.
    List<Showing> openFor(IncidentId incident) throws RecordUnavailable;

    /// Those that are over too, oldest first.
    List<Showing> of(IncidentId incident, int limit) throws RecordUnavailable;
}
