package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.IncidentQuery;

/// A record of the version before incidents walked loops goes on: every incident has its step, its
/// room and its number, and new ones are numbered after them.
class IncidentUpgradeTest {
    private static final String SERVER = System.getProperty("maplebridge.test.postgres", "");

    @Test
    void anEmbeddedRecordGoesOn(@TempDir Path directory) throws Exception {
        goesOn(JdbcSettings.embedded(directory));
    }

    @Test
    @EnabledIfSystemProperty(named = "maplebridge.test.postgres", matches = "jdbc:postgresql:.+")
    void aServersRecordGoesOn() throws Exception {
        var schema = "maplebridge_upgrade_" + ProcessHandle.current().pid();
        var server = JdbcSettings.of(SERVER);
        run(server, "create schema " + schema);
        try {
            String glue = SERVER.contains("?") ? "&" : "?";
            goesOn(JdbcSettings.of(SERVER + glue + "currentSchema=" + schema));
        } finally {
            run(server, "drop schema " + schema + " cascade");
        }
    }

    private static void goesOn(JdbcSettings settings) throws Exception {
        Flyway.configure()
                .dataSource(settings.url(), blankAsNull(settings), settings.password())
                .locations("classpath:org/maplebridge/dispatch/jdbc/migration")
                .target("5")
                .load()
                .migrate();
        run(settings, old("open", "2026-000001", "HANDLING", "null"));
        run(
                settings,
                old(
                        "shut",
                        "2026-000002",
                        "CLOSED",
                        "timestamp with time zone '2026-11-02 00:00:00+00'"));

        try (var record = JdbcRecord.open(settings)) {
            var rooms = List.of(new NodeId("xinhe"));
            assertThat(record.incidents().list(IncidentQuery.of(rooms, 10))).hasSize(2);
            var open = record.incidents().dossier(new IncidentId("open")).orElseThrow();
            assertThat(open.incident().number()).isEqualTo("2026-000001");
            assertThat(open.incident().standing().step()).isEqualTo("handling");
            assertThat(open.ledger().rooms())
                    .extracting(Room::state)
                    .containsExactly(Room.State.ACCEPTED);
            assertThat(open.ledger().visits()).hasSize(1);
            var shut = record.incidents().dossier(new IncidentId("shut")).orElseThrow();
            assertThat(shut.incident().standing().step()).isEqualTo("closed");
            assertThat(shut.ledger().rooms())
                    .extracting(Room::state)
                    .containsExactly(Room.State.DONE);

            var next = record.incidents().open(renamed(open), happening()).orElseThrow();
            assertThat(next.number()).isEqualTo("2026-000003");
        }
    }

    private static Dossier renamed(Dossier dossier) {
        var old = dossier.incident();
        return Dossier.begun(
                new Incident(
                        new IncidentId("next"),
                        "",
                        old.title(),
                        old.severity(),
                        old.state(),
                        old.node(),
                        old.place(),
                        old.point(),
                        old.openedAt(),
                        old.closedAt(),
                        old.origin(),
                        old.standing(),
                        0));
    }

    private static Happening happening() {
        return Happening.by(
                new UserId("xinhe"), Instant.EPOCH, JournalKind.INCIDENT_OPENED, List.of());
    }

    private static String old(String id, String number, String state, String closed) {
        return """
        insert into incident (id, incident_number, title, severity, state, node, place, opened_at,
            closed_at, version)
        values ('%s', '%s', '路灯', 'YELLOW', '%s', 'xinhe', '中心大道',
            timestamp with time zone '2026-11-01 00:00:00+00', %s, 0)
        """
                .formatted(id, number, state, closed);
    }

    private static @Nullable String blankAsNull(JdbcSettings settings) {
        return settings.user().isEmpty() ? null : settings.user();
    }

    private static void run(JdbcSettings settings, String sql) throws SQLException {
        try (var connection =
                        settings.user().isEmpty()
                                ? DriverManager.getConnection(settings.url())
                                : DriverManager.getConnection(
                                        settings.url(), settings.user(), settings.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
