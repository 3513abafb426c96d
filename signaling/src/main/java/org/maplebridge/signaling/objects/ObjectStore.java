package org.maplebridge.signaling.objects;

import java.io.IOException;
import java.nio.file.Path;

/// A store that all nodes reach, for files that are written once. Each call may take as long as the
/// file is large, and may be repeated.
///
/// Thread: any.
public interface ObjectStore extends AutoCloseable {
    /// When it returns, the store has all of the file, proved by length and hash. One that is there
    /// already is not sent again.
    ///
    /// @param sha256 of the file, in hexadecimal
    /// @throws IOException when the file cannot be read
    void put(String name, Path file, String sha256) throws ObjectStoreFault, IOException;

    /// Writes it into a new file, which is left there as it came when its hash is another one.
    ///
    /// @param sha256 that it must have, in hexadecimal
    /// @throws IOException when the file cannot be written
    void fetch(String name, Path into, String sha256) throws ObjectStoreFault, IOException;

    /// To delete what is not there is no fault.
    void delete(String name) throws ObjectStoreFault;

    /// Whether it answers, knows us and has the place that files go to.
    void check() throws ObjectStoreFault;

    @Override
    void close();
}
