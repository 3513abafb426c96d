package org.maplebridge.media.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Where recordings are kept while they are written.
///
/// Thread: the recorder's, but for [Growing#force].
public interface RecordingStore {
    /// One file that grows.
    interface Growing extends AutoCloseable {
        /// Adds all of it, or fails.
        void append(ByteBuffer bytes) throws IOException;

        /// What was added so far is on the disk afterwards. Waits for it, on any thread, also while
        /// more is added; a file that is closed meanwhile is no fault.
        void force() throws IOException;

        /// What was added is on the disk afterwards.
        @Override
        void close() throws IOException;
    }

    /// Makes the file; it must not be there.
    Growing make(Path file) throws IOException;

    /// The word for why something failed ([org.maplebridge.media.api.RelayEvent.RecordingFailed]).
    String causeOf(IOException failure, Path file);
}
