package org.maplebridge.load.incidents;

import java.io.IOException;
import java.nio.file.Path;
import org.maplebridge.load.cluster.part.Findings;

/// One question of the scenario, with nodes and a record of its own.
interface Part {
    /// How it is asked for.
    String name();

    /// @param folder empty, for what its nodes keep
    /// @throws IOException when something failed that should not have
    void play(Plan plan, Path folder, Findings findings) throws IOException;
}
