package org.maplebridge.dispatch.jdbc;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the embedded database's file small. With commits written at once (`WRITE_DELAY=0`) H2 runs
/// no tidying of its own: each commit leaves a chunk of its own behind, about 40 KB an order, of
/// which the next commit makes most worthless.
///
/// Thread: one virtual thread, from the start until [#close]. Never interrupted: that would close
/// the database's file under everybody's hands.
final class H2Tidying implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2Tidying.class);

    private static final long EVERY_MILLIS = 20_000;

    /// Chunks with less than this share of living pages are written again.
    private static final int FILL_PERCENT = 50;

    /// What one round writes at most; a small part of a second on any disk.
    private static final int ROUND_BYTES = 16 * 1024 * 1024;

    private final DataSource database;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    H2Tidying(DataSource database) {
        this.database = database;
        thread = Thread.ofVirtual().name("record-tidying").start(this::run);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                tidy();
            }
        } catch (InterruptedException e) {
            LOG.error("the database's file is not tidied any more", e);
        }
    }

    /// One round; does nothing while the file is well filled.
    void tidy() {
        try (var connection = database.getConnection()) {
            storeOf(connection.unwrap(JdbcConnection.class)).compact(FILL_PERCENT, ROUND_BYTES);
        } catch (SQLException | MVStoreException e) {
            LOG.warn("the database's file was not tidied", e);
        }
    }

    private static MVStore storeOf(JdbcConnection connection) {
        return ((SessionLocal) connection.getSession()).getDatabase().getStore().getMvStore();
    }
}
