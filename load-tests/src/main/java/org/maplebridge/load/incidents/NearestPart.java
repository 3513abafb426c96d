package org.maplebridge.load.incidents;

import java.nio.file.Path;
import org.maplebridge.load.cluster.part.Findings;

/// Stub.
final class NearestPart implements Part {
    @Override
    public String name() {
        return "nearest";
    }

    @Override
    public void play(Plan plan, Path folder, Findings findings) {}
}
