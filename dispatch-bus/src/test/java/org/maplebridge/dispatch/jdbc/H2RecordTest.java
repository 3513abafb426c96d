package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// One file for all tests, emptied before each.
class H2RecordTest extends RecordContract implements MadeGroupContract, AlertsContract {
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

    @BeforeEach
    void empty() throws SQLException {
        JdbcSettings settings = JdbcSettings.embedded(directory);
        try (var connection =
                        DriverManager.getConnection(
                                settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var names =
                    statement.executeQuery(
                            "select table_name from information_schema.tables"
                                    + " where table_schema = 'PUBLIC'"
                                    + " and table_name <> 'flyway_schema_history'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).contains("DISPATCH_ORDER", "JOURNAL_ENTRY");
            statement.execute("set referential_integrity false");
            for (String table : tables) {
                statement.execute("truncate table " + table);
            }
            statement.execute("set referential_integrity true");
        }
    }

    @Override
    public RecordStores store() {
        return record;
    }

    @Test
    void everythingIsFoundAgainAfterARestart() throws RecordUnavailable {
        record.accounts().create(Account.of(ROOM, "hash"));

        record.close();
        open();

        assertThat(record.accounts().find(ROOM)).contains(Account.of(ROOM, "hash"));
    }

    @Test
    void aRecordThatIsGoneSaysSoInsteadOfFailing(@TempDir Path elsewhere) throws RecordUnavailable {
        JdbcRecord gone = JdbcRecord.open(JdbcSettings.embedded(elsewhere));
        gone.close();

        assertThat(gone.isAvailable()).isFalse();
        assertThatThrownBy(() -> gone.accounts().find(ROOM)).isInstanceOf(RecordUnavailable.class);
        assertThatThrownBy(() -> gone.orders().openFor(CAR1)).isInstanceOf(RecordUnavailable.class);
    }

    @Test
    void aServerThatDoesNotAnswerIsToldAtTheStart() {
        var nobodyThere = JdbcSettings.of("jdbc:postgresql://127.0.0.1:1/none?user=a&password=b");

        assertThatThrownBy(() -> JdbcRecord.open(nobodyThere))
                .isInstanceOf(RecordUnavailable.class);
        assertThat(nobodyThere.toString()).doesNotContain("password");
    }

    @Test
    void aFileThatHasGrownIsSmallAgainAfterTheNextStart(@TempDir Path elsewhere) throws Exception {
        var settings = JdbcSettings.embedded(elsewhere);
        var file = elsewhere.resolve("maplebridge.mv.db");
        try (var busy = JdbcRecord.open(settings)) {
            for (int n = 0; Files.size(file) < 40L * 1024 * 1024; n++) {
                busy.accounts().create(Account.of(new UserId("user-" + n), "hash"));
            }
        }

        try (var again = JdbcRecord.open(settings)) {
            assertThat(Files.size(file)).isLessThan(16L * 1024 * 1024);
            assertThat(again.accounts().find(new UserId("user-7"))).isPresent();
        }
    }

    @Test
    void aFileThatIsMostlyAliveIsNotWrittenAnewAtEachStart(@TempDir Path elsewhere)
            throws RecordUnavailable {
        var file = elsewhere.resolve("maplebridge.mv.db");
        try (var busy = JdbcRecord.open(JdbcSettings.embedded(elsewhere))) {
            for (int n = 0; n < 300; n++) {
                busy.accounts().create(Account.of(new UserId("user-" + n), "hash"));
            }
        }

        assertThat(H2Tidying.tidy(file, 1)).as("after many commits").isTrue();
        assertThat(H2Tidying.tidy(file, 1)).as("with nothing done since").isFalse();
    }

    @Test
    void whatWasNeverCommittedIsGoneFromAFileThatIsWrittenAnew(@TempDir Path elsewhere)
            throws Exception {
        var settings = JdbcSettings.embedded(elsewhere);
        var killed = elsewhere.resolve("killed.mv.db");
        try (var busy = JdbcRecord.open(settings);
                var half = connect(settings);
                var statement = half.createStatement()) {
            half.setAutoCommit(false);
            for (int n = 0; n < 50; n++) {
                insertAccount(statement, "half-" + n);
                busy.accounts().create(Account.of(new UserId("whole-" + n), "hash"));
            }
            // what a killed process would leave: the last commit wrote the other's rows along
            Files.copy(elsewhere.resolve("maplebridge.mv.db"), killed);
        }

        assertThat(H2Tidying.tidy(killed, 1)).isTrue();

        try (var again = connect(JdbcSettings.embeddedFile(killed));
                var statement = again.createStatement();
                var rows =
                        statement.executeQuery(
                                "select user_id from account where user_id like 'half-%'")) {
            assertThat(rows.next()).as("a row that nobody committed").isFalse();
            insertAccount(statement, "half-7");
        }
    }

    private static Connection connect(JdbcSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    }

    private static void insertAccount(Statement statement, String name) throws SQLException {
        statement.execute(
                "insert into account (user_id, password_hash, enabled, failures) values ('"
                        + name
                        + "', 'hash', true, 0)");
    }
}
