package org.maplebridge.load.cluster.part;

import java.io.IOException;
import java.util.List;
import org.maplebridge.load.cluster.part.Stage.Need;

/// One thing that is done to three nodes under load.
public interface Part {
    /// How it is asked for.
    String name();

    /// What it cannot be played without.
    List<Need> needs();

    /// How many accounts it needs besides the demo county's.
    default int handhelds(Setting setting) {
        return Stage.GROUPS * Stage.HANDHELDS_A_STATION;
    }

    /// @throws IOException when something failed that should not have
    void play(Stage stage, Setting setting, Findings findings) throws IOException;
}
