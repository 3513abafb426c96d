package org.maplebridge.media.record.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A file that is no recording, that another master key opens, or that was changed; in words for
/// the operator.
public final class UnreadableRecording extends IOException {
    public UnreadableRecording(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
