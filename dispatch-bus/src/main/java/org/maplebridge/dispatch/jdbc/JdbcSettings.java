package org.maplebridge.dispatch.jdbc;

import java.nio.file.Path;
import java.util.Optional;

/// Where the database is.
///
/// @param connections most connections at a time
/// @param patienceMillis how long a caller waits for a connection before the record is called
///   unavailable
public record JdbcSettings(
        String url, String user, String password, int connections, int patienceMillis) {
    /// One H2 file per node keeps up with ten writers; PostgreSQL's default of 100 feeds ten nodes.
    private static final int CONNECTIONS = 10;

    private static final int PATIENCE_MILLIS = 3_000;

    private static final String H2_FILE = "jdbc:h2:file:";

    private static final String H2_SUFFIX = ".mv.db";

    private static final String EMBEDDED =
            ";WRITE_DELAY=0;REUSE_SPACE=FALSE;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=5000";

    /// An H2 file in this directory. A commit is written before it is answered (`WRITE_DELAY=0`),
    /// so that a killed process loses nothing it has confirmed. No space of the file is used twice
    /// while the node runs (`REUSE_SPACE`): measured, a killed process lost its last one to eight
    /// commits once H2 had begun to, 45 s after its start by default. The file is made small again
    /// at the next start, if most of it is not alive. What H2 knows about overwritten commits it
    /// forgets after its own 45 s.
    public static JdbcSettings embedded(Path directory) {
        return embeddedFile(directory.resolve("maplebridge" + H2_SUFFIX));
    }

    /// The same for a file of any name.
    ///
    /// @param file with H2's suffix, `.mv.db`
    static JdbcSettings embeddedFile(Path file) {
        String whole = file.toAbsolutePath().toString();
        String name = whole.substring(0, whole.length() - H2_SUFFIX.length());
        return of(H2_FILE + name + EMBEDDED, "maplebridge", "");
    }

    public static JdbcSettings of(String url, String user, String password) {
        return new JdbcSettings(url, user, password, CONNECTIONS, PATIENCE_MILLIS);
    }

    /// User and password stand in the URL.
    public static JdbcSettings of(String url) {
        return of(url, "", "");
    }

    /// The file of an embedded database.
    Optional<Path> file() {
        if (!url.startsWith(H2_FILE)) {
            return Optional.empty();
        }
        int options = url.indexOf(';');
        String name = url.substring(H2_FILE.length(), options < 0 ? url.length() : options);
        return Optional.of(Path.of(name + H2_SUFFIX));
    }

    boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    /// Without the password, which may also stand in the URL.
    @Override
    public String toString() {
        int parameters = url.indexOf('?');
        return "JdbcSettings[" + (parameters < 0 ? url : url.substring(0, parameters)) + "]";
    }
}
