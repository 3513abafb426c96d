package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.GeneratedKeyHolder;

final class JdbcIncidents implements IncidentStore {
    private final Database database;

    JdbcIncidents(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Incident> open(Incident incident, Happening happening)
            throws RecordUnavailable {
        try {
            return database.together(sql -> {
                Incident opened = insert(sql, incident);
                JdbcJournal.append(sql, happening);
                return Optional.of(opened);
            });
        } catch (DuplicateKeyException taken) {
            return Optional.empty();
        }
    }

    @Override
    public boolean save(Incident next, Happening happening) throws RecordUnavailable {
        return database.together(sql -> {
            boolean ours = update(sql, next) == 1;
            if (ours) {
                JdbcJournal.append(sql, happening);
            }
            return ours;
        });
    }

    @Override
    public Optional<Incident> find(IncidentId id) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from incident where id = :id")
                        .param("id", id.value())
                        .query((row, _) -> incident(row))
                        .optional());
    }

    @Override
    public List<Incident> list(Collection<NodeId> nodes, int limit) throws RecordUnavailable {
        if (nodes.isEmpty()) {
            return List.of();
        }
        return database.run(sql ->
                sql.sql(
                                """
                                select * from incident where node in (:nodes)
                                order by opened_at desc, id limit :limit
                                """)
                        .param("nodes", nodes.stream().map(NodeId::value).toList())
                        .param("limit", limit)
                        .query((row, _) -> incident(row))
                        .list());
    }

    /// For stores that write something beside it in the same transaction.
    ///
    /// @return with its number
    static Incident insert(JdbcClient sql, Incident incident) {
        var key = new GeneratedKeyHolder();
        fields(
                        sql.sql(
                                """
                                insert into incident
                                    (id, title, severity, state, node, place,
                                     latitude, longitude, opened_at, closed_at, version)
                                values (:id, :title, :severity, :state, :node, :place,
                                     :latitude, :longitude, :opened, :closed, :version)
                                """),
                        incident)
                .param("opened", Columns.time(incident.openedAt()))
                .update(key, "serial");
        Incident numbered = incident.numbered(Objects.requireNonNull(key.getKey()).longValue());
        sql.sql("update incident set incident_number = :number where id = :id")
                .param("number", numbered.number())
                .param("id", numbered.id().value())
                .update();
        return numbered;
    }

    private static int update(JdbcClient sql, Incident incident) {
        return fields(
                        sql.sql(
                                """
                                update incident set
                                    title = :title, severity = :severity, state = :state, node = :node,
                                    place = :place, latitude = :latitude, longitude = :longitude,
                                    closed_at = :closed, version = version + 1
                                where id = :id and version = :version
                                """),
                        incident)
                .update();
    }

    private static StatementSpec fields(StatementSpec statement, Incident incident) {
        @Nullable GeoPoint point = incident.point();
        return statement
                .param("id", incident.id().value())
                .param("title", incident.title())
                .param("severity", incident.severity().name())
                .param("state", incident.state().name())
                .param("node", incident.node().value())
                .param("place", incident.place())
                .param("latitude", point == null ? null : point.latitude(), Types.DOUBLE)
                .param("longitude", point == null ? null : point.longitude(), Types.DOUBLE)
                .param(
                        "closed",
                        Columns.timeOrNull(incident.closedAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("version", incident.version());
    }

    /// @return nothing when it is closed; else nobody changes it before this transaction is over
    static Optional<Incident> holdOpen(JdbcClient sql, IncidentId id) {
        return sql.sql("select * from incident where id = :id for update")
                .param("id", id.value())
                .query((row, _) -> incident(row))
                .optional()
                .filter(incident -> !incident.isClosed());
    }

    /// What something in the record refers to.
    static Incident require(JdbcClient sql, IncidentId id) {
        return sql.sql("select * from incident where id = :id")
                .param("id", id.value())
                .query((row, _) -> incident(row))
                .single();
    }

    static Incident incident(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        boolean nowhere = row.wasNull();
        double longitude = row.getDouble("longitude");
        return new Incident(
                new IncidentId(row.getString("id")),
                row.getString("incident_number"),
                row.getString("title"),
                Severity.valueOf(row.getString("severity")),
                Incident.State.valueOf(row.getString("state")),
                new NodeId(row.getString("node")),
                row.getString("place"),
                nowhere ? null : new GeoPoint(latitude, longitude),
                Columns.instant(row, "opened_at"),
                Columns.instantOrNull(row, "closed_at"),
                row.getLong("version"));
    }
}
