package org.maplebridge.dispatch.burst;

import java.nio.file.Path;
import java.util.Optional;
import org.maplebridge.dispatch.model.BurstId;

/// Port to whatever writes down what was said. None is bundled.
///
/// Thread: any; one question at a time. An order waits for its words, so whoever needs longer than
/// a few seconds answers nothing.
@FunctionalInterface
public interface Transcriber {
    /// Writes nothing down.
    Transcriber NONE = (_, _) -> Optional.empty();

    /// @param sound Opus in Ogg (RFC 7845), mono
    /// @return the words, or nothing when there are none to be understood
    Optional<String> words(BurstId burst, Path sound);
}
