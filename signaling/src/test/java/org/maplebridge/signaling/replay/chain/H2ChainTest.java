package org.maplebridge.signaling.replay.chain;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.store.RecordStores;

class H2ChainTest extends ChainContract {
    @TempDir Path directory;

    @Override
    RecordStores opened() throws Exception {
        return JdbcRecord.open(JdbcSettings.embedded(directory));
    }

    @Override
    Connection connection() throws SQLException {
        var settings = JdbcSettings.embedded(directory);
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }
}
