package org.maplebridge.signaling.objects;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices when a store goes away and comes back, and says so once.
///
/// Thread: any.
public final class WatchedObjects implements ObjectStore {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedObjects.class);

    private final ObjectStore store;
    private final AtomicBoolean away = new AtomicBoolean();
    private final LongAdder failures = new LongAdder();

    /// @param store closed with this
    public WatchedObjects(ObjectStore store) {
        this.store = store;
    }

    public boolean isAway() {
        return away.get();
    }

    /// Since the start.
    public long failures() {
        return failures.sum();
    }

    private interface Asking {
        void ask() throws ObjectStoreFault, IOException;
    }

    private void ask(Asking what) throws ObjectStoreFault, IOException {
        try {
            what.ask();
            there();
        } catch (ObjectStoreFault fault) {
            failures.increment();
            switch (fault.kind()) {
                case AWAY, KEY_REFUSED, NO_BUCKET -> gone(fault);
                case MISSING, CHANGED, NO_ROOM -> there();
            }
            throw fault;
        }
    }

    private void gone(ObjectStoreFault fault) {
        if (away.compareAndSet(false, true)) {
            LOG.warn(
                    "the object store is away ({}): recordings go on here and wait for it",
                    fault.getMessage());
        }
    }

    private void there() {
        if (away.compareAndSet(true, false)) {
            LOG.info("the object store is back");
        }
    }

    @Override
    public void put(String name, Path file, String sha256) throws ObjectStoreFault, IOException {
        ask(() -> store.put(name, file, sha256));
    }

    @Override
    public void fetch(String name, Path into, String sha256) throws ObjectStoreFault, IOException {
        ask(() -> store.fetch(name, into, sha256));
    }

    @Override
    public void delete(String name) throws ObjectStoreFault {
        withoutFiles(() -> store.delete(name));
    }

    @Override
    public void check() throws ObjectStoreFault {
        withoutFiles(store::check);
    }

    private void withoutFiles(Asking what) throws ObjectStoreFault {
        try {
            ask(what);
        } catch (IOException e) {
            throw new IllegalStateException("no file was touched", e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
