package org.maplebridge.signaling.boot;

import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.floor.Carrying;
import org.maplebridge.signaling.scene.floor.RelayInbox;
import org.maplebridge.signaling.scene.link.Links;

/// The ways to the other nodes, if there may be any.
///
/// @param end runs when this node stops
record Neighbours(Carrying carrying, Elsewhere elsewhere, RelayInbox.LegReader links, Runnable end)
        implements AutoCloseable {
    static Neighbours none() {
        return new Neighbours(
                Carrying.NOWHERE, Elsewhere.NOWHERE, RelayInbox.LegReader.NONE, () -> {});
    }

    static Neighbours by(Links links) {
        return new Neighbours(links, links, links, links::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
