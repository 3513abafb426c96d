package org.maplebridge.signaling.recording;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.ObjectStoreFault;

/// What of all nodes lies in the object store: brought here to be seen, and forgotten there.
///
/// Thread: any.
public final class StoredRecordings {
    private final ObjectStore objects;
    private final StoredCopies copies;

    public StoredRecordings(ObjectStore objects, StoredCopies copies) {
        this.objects = objects;
        this.copies = copies;
    }

    /// Completes exceptionally with [ObjectStoreFault] or [java.io.IOException].
    public CompletableFuture<Path> fetch(Recording recording) {
        return copies.fetch(recording);
    }

    void forget(Recording recording) throws ObjectStoreFault {
        objects.delete(recording.file());
        copies.drop(recording.id());
    }
}
