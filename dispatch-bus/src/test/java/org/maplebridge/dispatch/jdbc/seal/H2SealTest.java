package org.maplebridge.dispatch.jdbc.seal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

class H2SealTest extends SealContract {
    @TempDir static Path directory;
    private static JdbcRecord record;

    @BeforeAll
    static void open() throws RecordUnavailable {
        record = JdbcRecord.open(JdbcSettings.embedded(directory));
    }

    @AfterAll
    static void close() {
        record.close();
    }

    @Override
    RecordStores store() {
        return record;
    }

    @Override
    Connection connection() throws SQLException {
        var settings = JdbcSettings.embedded(directory);
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }
}
