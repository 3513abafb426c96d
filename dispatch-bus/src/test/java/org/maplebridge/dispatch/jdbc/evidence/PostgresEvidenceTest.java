package org.maplebridge.dispatch.jdbc.evidence;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.store.RecordStores;

/// The same promises on a real server: `-Dmaplebridge.test.postgres=jdbc:postgresql://…`, in a
/// schema of its own.
@EnabledIfSystemProperty(named = "maplebridge.test.postgres", matches = "jdbc:postgresql:.+")
class PostgresEvidenceTest extends EvidenceContract {
    private static final String SERVER = System.getProperty("maplebridge.test.postgres", "");
    private static final String SCHEMA = "maplebridge_evidence_" + ProcessHandle.current().pid();
    private static JdbcRecord record;

    @BeforeAll
    static void open() throws Exception {
        run("create schema " + SCHEMA);
        String glue = SERVER.contains("?") ? "&" : "?";
        record = JdbcRecord.open(JdbcSettings.of(SERVER + glue + "currentSchema=" + SCHEMA));
    }

    @AfterAll
    static void close() throws SQLException {
        record.close();
        run("drop schema " + SCHEMA + " cascade");
    }

    @Override
    RecordStores store() {
        return record;
    }

    private static void run(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(SERVER);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
