package org.maplebridge.media.finish;

import java.nio.file.Path;
import java.util.List;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.RecordingKey;

/// Finishes without a process of its own, all there is, for those that finish many.
public final class FinishHere {
    private FinishHere() {}

    public static Finisher.Piece finish(List<Path> recordings, RecordingKey key, Path folder)
            throws Finisher.Failed {
        return Finishing.run(
                new Finisher.Wish(recordings, List.of(key), folder, "piece", 0, Long.MAX_VALUE));
    }
}
