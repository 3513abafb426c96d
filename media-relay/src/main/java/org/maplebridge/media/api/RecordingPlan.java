package org.maplebridge.media.api;

import java.nio.file.Path;

/// Where a recording goes, and by what it is encrypted.
///
/// @param file made with its folders, for this process' account only; one that exists is left as it
///   is, and the recording fails
public record RecordingPlan(Path file, RecordingKey key) {}
