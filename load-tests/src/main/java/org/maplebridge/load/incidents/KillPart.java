package org.maplebridge.load.incidents;

import java.nio.file.Path;
import org.maplebridge.load.cluster.part.Findings;

/// Stub.
final class KillPart implements Part {
    @Override
    public String name() {
        return "kill";
    }

    @Override
    public void play(Plan plan, Path folder, Findings findings) {}
}
