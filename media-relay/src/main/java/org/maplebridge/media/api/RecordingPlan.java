package org.maplebridge.media.api;

import java.nio.file.Path;

/// Where a recording goes, by what it is encrypted, and what it begins with.
///
/// @param file made with its folders, for this process' account only; one that exists is left as it
///   is, and the recording fails
/// @param fromNow whether nothing is taken that came before; else it begins with what is kept since
///   the last key frame
public record RecordingPlan(Path file, RecordingKey key, boolean fromNow) {
    public RecordingPlan(Path file, RecordingKey key) {
        this(file, key, false);
    }
}
