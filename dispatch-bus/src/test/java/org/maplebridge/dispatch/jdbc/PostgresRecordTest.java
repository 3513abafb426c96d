package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// The same promises on a real server: `-Dmaplebridge.test.postgres=jdbc:postgresql://…`. Each test
/// works in a schema of its own and drops it.
@EnabledIfSystemProperty(named = "maplebridge.test.postgres", matches = "jdbc:postgresql:.+")
class PostgresRecordTest extends RecordContract implements MadeGroupContract, AlertsContract {
    private static final String SERVER = System.getProperty("maplebridge.test.postgres", "");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private String schema;
    private JdbcRecord record;

    @BeforeEach
    void open() throws Exception {
        schema =
                "maplebridge_test_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        run("create schema " + schema);
        record = JdbcRecord.open(settings());
    }

    @AfterEach
    void close() throws SQLException {
        record.close();
        run("drop schema " + schema + " cascade");
    }

    @Override
    public RecordStores store() {
        return record;
    }

    @Test
    void aServerThatThrowsEverybodyOutIsFoundAgain() throws Exception {
        record.isAvailable();
        run(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = '"
                        + schema
                        + "'");

        for (int connection = 0; connection < settings().connections(); connection++) {
            try {
                record.orders().openFor(CAR1);
            } catch (RecordUnavailable _) {
                // each dead connection of the pool is found out by who gets it
            }
        }
        assertThat(record.orders().openFor(CAR1)).isEmpty();
    }

    @Test
    void aLockedTableIsNotWaitedForForever() throws Exception {
        try (Connection other = DriverManager.getConnection(SERVER)) {
            other.setAutoCommit(false);
            try (var statement = other.createStatement()) {
                statement.execute("lock table " + schema + ".account in access exclusive mode");
            }

            assertThatThrownBy(() -> record.accounts().find(ROOM))
                    .isInstanceOf(RecordUnavailable.class);
        }
        assertThat(record.accounts().find(ROOM)).isEmpty();
    }

    private JdbcSettings settings() {
        String glue = SERVER.contains("?") ? "&" : "?";
        return JdbcSettings.of(
                SERVER + glue + "currentSchema=" + schema + "&ApplicationName=" + schema);
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SERVER);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
