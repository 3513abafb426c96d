package org.maplebridge.dispatch.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the embedded database's file small before it is opened: each commit leaves a chunk of its
/// own behind, some 20 to 40 KB, of which the next commit makes most worthless, and none of that is
/// used again while the node runs (see [JdbcSettings#embedded]).
final class H2Tidying {
    private static final Logger LOG = LoggerFactory.getLogger(H2Tidying.class);

    /// Smaller files are read in no time as they are.
    private static final long WORTH_IT_BYTES = 32L * 1024 * 1024;

    /// A record of years is mostly alive: to write it anew takes many seconds and gains nothing.
    private static final int MOSTLY_PERCENT = 50;

    private H2Tidying() {}

    /// @param file of the database, with its suffix; need not exist
    static void tidy(Path file) {
        tidy(file, WORTH_IT_BYTES);
    }

    /// Writes the file anew with what is alive in it, if most of it is not. A process that is
    /// killed meanwhile leaves the old one or the new one, never half of either;
    /// [MVStoreTool#compactCleanUp] finishes that.
    ///
    /// What a killed process or a copy left half done is taken back first, by opening it as a
    /// database: writing anew keeps rows of such a transaction and forgets that they were never
    /// committed, so that they would come and go ever after.
    ///
    /// @param worthItBytes smaller files are left as they are
    /// @return whether it was written anew
    static boolean tidy(Path file, long worthItBytes) {
        try {
            MVStoreTool.compactCleanUp(file.toString());
            if (!Files.exists(file)
                    || Files.size(file) < worthItBytes
                    || alivePercent(file) > MOSTLY_PERCENT) {
                return false;
            }
            takeBackHalfDone(file);
            long before = Files.size(file);
            MVStoreTool.compact(file.toString(), true);
            LOG.info("the database's file shrank from {} to {} bytes", before, Files.size(file));
            return true;
        } catch (IOException | SQLException | MVStoreException e) {
            LOG.warn("the database's file was not tidied", e);
            return false;
        }
    }

    private static void takeBackHalfDone(Path file) throws SQLException {
        JdbcSettings settings = JdbcSettings.embeddedFile(file);
        DriverManager.getConnection(settings.url(), settings.user(), settings.password()).close();
    }

    /// Of the file, what is in use; of that, what is not overwritten.
    private static int alivePercent(Path file) {
        try (var store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            var chunks = store.getFileStore();
            return chunks.getFillRate() * chunks.getChunksFillRate() / 100;
        }
    }
}
