package org.maplebridge.load.incidents;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.jdbc.JdbcRecord;
import org.maplebridge.dispatch.jdbc.JdbcSettings;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.load.ground.PostgresServer;

/// The database under a node: the file that it makes itself, or a PostgreSQL of the part's own.
///
/// Thread: the scenario's.
final class Storage implements AutoCloseable {
    private final String name;
    private final JdbcSettings settings;
    private final List<String> properties;
    private final @Nullable PostgresServer server;

    private Storage(
            String name,
            JdbcSettings settings,
            List<String> properties,
            @Nullable PostgresServer server) {
        this.name = name;
        this.settings = settings;
        this.properties = List.copyOf(properties);
        this.server = server;
    }

    /// @param home folder of the node
    static Storage h2(Path home) {
        return new Storage("h2", JdbcSettings.embedded(home.resolve("data")), List.of(), null);
    }

    static Storage postgres() throws IOException {
        var server = PostgresServer.start("127.0.0.1");
        return new Storage(
                "postgres",
                JdbcSettings.of(server.url()),
                List.of("--maplebridge.database.url=" + server.url()),
                server);
    }

    /// As keys of figures begin.
    String name() {
        return name;
    }

    boolean isPostgres() {
        return server != null;
    }

    /// By which a node finds it.
    List<String> properties() {
        return properties;
    }

    /// As a node has it. H2's file is one process's at a time.
    JdbcRecord open() throws IOException {
        try {
            return JdbcRecord.open(settings);
        } catch (RecordUnavailable e) {
            throw new IOException("no record", e);
        }
    }

    /// To look at what is written, or to write very much; a process of our own has H2's file then.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
