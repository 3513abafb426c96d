package org.maplebridge.signaling.replay.chain;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.store.RecordStores;

/// The same on a real server, each test in a schema of its own.
@EnabledIfSystemProperty(named = "maplebridge.test.postgres", matches = "jdbc:postgresql:.+")
class PostgresChainTest extends ChainContract {
    private static final String SERVER = System.getProperty("maplebridge.test.postgres", "");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String schema =
            "maplebridge_chain_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();

    @Override
    RecordStores opened() throws Exception {
        run("create schema " + schema);
        return JdbcRecord.open(JdbcSettings.of(url()));
    }

    @AfterEach
    void drop() throws SQLException {
        run("drop schema " + schema + " cascade");
    }

    @Override
    Connection connection() throws SQLException {
        return DriverManager.getConnection(url());
    }

    private String url() {
        String glue = SERVER.contains("?") ? "&" : "?";
        return SERVER + glue + "currentSchema=" + schema;
    }

    private static void run(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(SERVER);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
