package org.maplebridge.dispatch.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// A record in a schema of its own: `-Dmaplebridge.test.postgres=jdbc:postgresql://…`.
public record PostgresSchema(String name, JdbcRecord record) implements AutoCloseable {
    private static final String SERVER = System.getProperty("maplebridge.test.postgres", "");

    public static PostgresSchema made(String of) throws SQLException, RecordUnavailable {
        String name = "maplebridge_" + of + "_" + ProcessHandle.current().pid();
        run("create schema " + name);
        return new PostgresSchema(name, JdbcRecord.open(JdbcSettings.of(url(name))));
    }

    private static String url(String name) {
        String glue = SERVER.contains("?") ? "&" : "?";
        return SERVER + glue + "currentSchema=" + name;
    }

    /// Past the record.
    public Connection connection() throws SQLException {
        return DriverManager.getConnection(url(name));
    }

    @Override
    public void close() throws SQLException {
        record.close();
        run("drop schema " + name + " cascade");
    }

    private static void run(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(SERVER);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
