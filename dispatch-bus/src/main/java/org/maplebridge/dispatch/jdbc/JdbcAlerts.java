package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.alert.Alert;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.AlertStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

final class JdbcAlerts implements AlertStore {
    private static final List<String> OPEN =
            List.of(Alert.Phase.PENDING.name(), Alert.Phase.ACTIVE.name());

    private final Database database;

    JdbcAlerts(Database database) {
        this.database = database;
    }

    @Override
    public boolean raise(Alert alert, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                insert(sql, alert);
                JdbcJournal.append(sql, happening);
                return true;
            });
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    @Override
    public boolean save(Alert next, Happening happening) throws RecordUnavailable {
        return database.together(sql -> {
            boolean ours = update(sql, next) == 1;
            if (ours) {
                JdbcJournal.append(sql, happening);
            }
            return ours;
        });
    }

    @Override
    public Optional<Alert> find(AlertId id) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from alert where id = :id")
                        .param("id", id.value())
                        .query((row, _) -> alert(row))
                        .optional());
    }

    @Override
    public List<Alert> open() throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from alert where phase in (:open) order by raised_at, id")
                        .param("open", OPEN)
                        .query((row, _) -> alert(row))
                        .list());
    }

    @Override
    public List<Alert> raised(Collection<UnitId> units, Instant from, Instant until, int limit)
            throws RecordUnavailable {
        if (units.isEmpty()) {
            return List.of();
        }
        return database.run(sql ->
                sql.sql(
                                """
                                select * from alert
                                where unit in (:units) and raised_at between :from and :until
                                    and phase <> 'CANCELLED'
                                order by raised_at, id limit :limit
                                """)
                        .param("units", units.stream().map(UnitId::value).toList())
                        .param("from", Columns.time(from))
                        .param("until", Columns.time(until))
                        .param("limit", limit)
                        .query((row, _) -> alert(row))
                        .list());
    }

    private static void insert(JdbcClient sql, Alert alert) {
        @Nullable GeoPoint position = alert.position();
        changing(
                        sql.sql(
                                """
                                insert into alert
                                    (id, unit, raised_by, tier, group_id, phase, raised_at,
                                     active_at, latitude, longitude, ended_by, ended_at, reason,
                                     version)
                                values (:id, :unit, :by, :tier, :group, :phase, :raised,
                                     :active, :latitude, :longitude, :endedBy, :endedAt, :reason,
                                     :version)
                                """),
                        alert)
                .param("unit", alert.unit().value())
                .param("by", alert.by().value())
                .param("tier", alert.tier().name())
                .param("group", Columns.textOrNull(alert.group()))
                .param("raised", Columns.time(alert.raisedAt()))
                .param("latitude", position == null ? null : position.latitude(), Types.DOUBLE)
                .param("longitude", position == null ? null : position.longitude(), Types.DOUBLE)
                .update();
    }

    private static int update(JdbcClient sql, Alert alert) {
        return changing(
                        sql.sql(
                                """
                                update alert set
                                    phase = :phase, active_at = :active, ended_by = :endedBy,
                                    ended_at = :endedAt, reason = :reason, version = version + 1
                                where id = :id and version = :version
                                """),
                        alert)
                .update();
    }

    private static StatementSpec changing(StatementSpec statement, Alert alert) {
        Alert.@Nullable Ending ending = alert.ending();
        return statement
                .param("id", alert.id().value())
                .param("phase", alert.phase().name())
                .param("active", Columns.time(alert.activeAt()))
                .param("endedBy", ending == null ? null : ending.by().value(), Types.VARCHAR)
                .param(
                        "endedAt",
                        Columns.timeOrNull(ending == null ? null : ending.at()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reason", ending == null ? null : ending.reason(), Types.VARCHAR)
                .param("version", alert.version());
    }

    private static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                new AlertId(row.getString("id")),
                new UnitId(row.getString("unit")),
                new UserId(row.getString("raised_by")),
                Severity.valueOf(row.getString("tier")),
                Columns.idOrNull(row, "group_id", GroupId::new),
                Alert.Phase.valueOf(row.getString("phase")),
                Columns.instant(row, "raised_at"),
                Columns.instant(row, "active_at"),
                position(row),
                ending(row),
                row.getLong("version"));
    }

    private static @Nullable GeoPoint position(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        boolean nowhere = row.wasNull();
        double longitude = row.getDouble("longitude");
        return nowhere ? null : new GeoPoint(latitude, longitude);
    }

    private static Alert.@Nullable Ending ending(ResultSet row) throws SQLException {
        @Nullable UserId by = Columns.idOrNull(row, "ended_by", UserId::new);
        @Nullable Instant at = Columns.instantOrNull(row, "ended_at");
        return by == null || at == null ? null : new Alert.Ending(by, at, row.getString("reason"));
    }
}
