package org.maplebridge.media.record;

import java.nio.file.Path;
import org.maplebridge.media.api.SourceId;

/// Where talks are recorded. Called on a media loop; returns at once.
@FunctionalInterface
public interface TalkRecorder {
    /// Begins a recording; tells [org.maplebridge.media.api.RelayEvent.Recorded] when it is
    /// written.
    TalkTap begin(SourceId channel, long epoch, Path file);
}
