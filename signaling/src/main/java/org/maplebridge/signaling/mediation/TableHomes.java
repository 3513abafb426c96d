package org.maplebridge.signaling.mediation;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.maplebridge.dispatch.bus.Arbiter;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerState;

/// On which node of the cluster each table stands: the one where somebody sat down first. Pictures
/// and voices of a table do not cross between nodes, so whoever comes elsewhere is sent there.
///
/// Thread: any.
public final class TableHomes {
    private static final String KEY = "table-";

    /// Two nodes may want it from a third at once.
    private static final int TRIES = 3;

    private final DispatchBus bus;
    private final Supplier<List<ServerNode>> nodes;

    /// @param nodes all that are there, as people are told
    public TableHomes(DispatchBus bus, Supplier<List<ServerNode>> nodes) {
        this.bus = bus;
        this.nodes = nodes;
    }

    /// The node to go to; nothing when the table stands here, from now on if it stood nowhere. A
    /// node that is gone or wants to be left gives it up to the first one that is asked.
    public Optional<ServerNode> elsewhere(MediationId id) {
        Arbiter home = bus.arbiters().seat(key(id), bus.self());
        for (int i = 0; i < TRIES && !home.member().equals(bus.self()); i++) {
            var member = home.member();
            Optional<ServerNode> there =
                    nodes.get().stream()
                            .filter(node -> node.name().equals(member.value()))
                            .findFirst();
            if (there.filter(node -> node.state() == ServerState.UP).isPresent()) {
                return there;
            }
            if (there.isEmpty() && bus.members().contains(member)) {
                return Optional.empty(); // its doors are not open yet: nobody can be sent there
            }
            home = bus.arbiters().takeOver(home, bus.self());
        }
        return Optional.empty();
    }

    /// Nobody sits at it here any more.
    public void left(MediationId id) {
        bus.arbiters()
                .at(key(id))
                .filter(home -> home.member().equals(bus.self()))
                .ifPresent(bus.arbiters()::vacate);
    }

    private static CallId key(MediationId id) {
        return new CallId(KEY + id.value());
    }
}
