package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How `bin/backup` gets the embedded database of a node that runs: it leaves one file in the data
/// folder and finds another. Whoever may write there may have all that is there anyway, so this
/// needs no password, and it works alike in a container.
///
/// Thread: one round at a time.
final class BackupDoor {
    static final String WANTED = "backup-wanted";
    static final String COPY = "backup.mv.db";
    static final String FAILED = "backup-failed";

    private static final Logger LOG = LoggerFactory.getLogger(BackupDoor.class);

    private final RecordStores record;
    private final Path data;

    BackupDoor(RecordStores record, Path data) {
        this.record = record;
        this.data = data;
    }

    void round() {
        Path wanted = data.resolve(WANTED);
        if (!Files.exists(wanted)) {
            return;
        }
        try {
            Files.deleteIfExists(data.resolve(COPY));
            Files.deleteIfExists(data.resolve(FAILED));
            Files.delete(wanted); // tells that somebody is at work
            long started = System.nanoTime();
            if (record.copyTo(data.resolve(COPY))) {
                long millis = (System.nanoTime() - started) / 1_000_000;
                LOG.info("the database was copied for a backup in {} ms", millis);
            } else {
                fail("the database is on a server: give bin/backup its address by --database");
            }
        } catch (IOException | RecordUnavailable e) {
            LOG.error("the database could not be copied for a backup", e);
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void fail(String why) {
        try {
            PrivateFile.write(data.resolve(FAILED), why + "\n");
        } catch (IOException e) {
            LOG.error("cannot write into {}", data, e);
        }
    }
}
