package org.maplebridge.signaling.recording;

import java.io.IOException;
import java.nio.file.Path;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.objects.ObjectStore;
import org.maplebridge.signaling.objects.ObjectStoreFault;

/// Something is forgotten while a file is on its way.
record ForgettingStore(ObjectStore store, Forgetting meanwhile) implements ObjectStore {
    interface Forgetting {
        void forget() throws RecordUnavailable;
    }

    @Override
    public void put(String name, Path file, String sha256) throws ObjectStoreFault, IOException {
        store.put(name, file, sha256);
        try {
            meanwhile.forget();
        } catch (RecordUnavailable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void fetch(String name, Path into, String sha256) throws ObjectStoreFault, IOException {
        store.fetch(name, into, sha256);
    }

    @Override
    public void delete(String name) throws ObjectStoreFault {
        store.delete(name);
    }

    @Override
    public void check() throws ObjectStoreFault {
        store.check();
    }

    @Override
    public void close() {
        store.close();
    }
}
