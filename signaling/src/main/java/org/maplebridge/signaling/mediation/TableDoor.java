package org.maplebridge.signaling.mediation;

import java.util.Optional;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;

/// How devices come to a table and go from it, by whatever way they come.
///
/// Thread: any.
public record TableDoor(Tables tables, TableHomes homes) {
    /// The node to go to; nothing when the table stands here, from now on if it stood nowhere.
    public Optional<ServerNode> elsewhere(MediationId id) {
        return homes.elsewhere(id);
    }

    public Optional<Table> came(Attendant who) throws RecordUnavailable {
        return tables.came(who);
    }

    public void left(Attendant who) {
        var mediation = who.participant().mediation();
        tables.left(who);
        if (tables.of(mediation).isEmpty()) {
            homes.left(mediation);
        }
        if (tables.of(mediation).isPresent()) {
            homes.elsewhere(mediation); // somebody sat down just then
        }
    }
}
