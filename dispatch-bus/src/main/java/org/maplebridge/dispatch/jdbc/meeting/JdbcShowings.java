package org.maplebridge.dispatch.jdbc.meeting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Showing;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ShowingStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

public final class JdbcShowings implements ShowingStore {
    private final Database database;
    private final BiConsumer<JdbcClient, Happening> journal;

    /// @param journal writes within the same transaction
    public JdbcShowings(Database database, BiConsumer<JdbcClient, Happening> journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public boolean begin(Showing showing) throws RecordUnavailable {
        try {
            return database.run(sql ->
                    sql.sql(
                                    """
                                    insert into showing
                                        (id, incident_id, unit, stream_at, node, shown_by,
                                         reason, shown_at)
                                    values (:id, :incident, :unit, :stream, :node, :by,
                                         :reason, :at)
                                    """)
                            .param("id", showing.id())
                            .param("incident", showing.incident().value())
                            .param("unit", showing.unit().value())
                            .param("stream", Columns.time(showing.stream()))
                            .param("node", showing.node().value())
                            .param("by", showing.by().value())
                            .param("reason", showing.reason())
                            .param("at", Columns.time(showing.at()))
                            .update())
                    == 1;
        } catch (DuplicateKeyException there) {
            return false;
        }
    }

    @Override
    public boolean end(Showing ended, Optional<Happening> happening) throws RecordUnavailable {
        var end = Objects.requireNonNull(ended.end());
        return database.together(sql -> {
            boolean ours =
                    sql.sql(
                                            """
                                            update showing set ended_at = :at, cause = :cause
                                            where id = :id and ended_at is null
                                            """)
                                    .param("at", Columns.time(end.at()))
                                    .param("cause", end.cause().name())
                                    .param("id", ended.id())
                                    .update()
                            == 1;
            if (ours) {
                happening.ifPresent(what -> journal.accept(sql, what));
            }
            return ours;
        });
    }

    @Override
    public Optional<Showing> find(String id) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from showing where id = :id")
                        .param("id", id)
                        .query((row, _) -> showing(row))
                        .optional());
    }

    @Override
    public List<Showing> open() throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from showing where ended_at is null order by shown_at, id")
                        .query((row, _) -> showing(row))
                        .list());
    }

    @Override
    public List<Showing> openFor(IncidentId incident) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from showing
                                where incident_id = :incident and ended_at is null
                                order by shown_at, id
                                """)
                        .param("incident", incident.value())
                        .query((row, _) -> showing(row))
                        .list());
    }

    @Override
    public List<Showing> of(IncidentId incident, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from showing where incident_id = :incident
                                order by shown_at, id limit :limit
                                """)
                        .param("incident", incident.value())
                        .param("limit", limit)
                        .query((row, _) -> showing(row))
                        .list());
    }

    private static Showing showing(ResultSet row) throws SQLException {
        @Nullable Instant endedAt = Columns.instantOrNull(row, "ended_at");
        return new Showing(
                row.getString("id"),
                new IncidentId(row.getString("incident_id")),
                new UnitId(row.getString("unit")),
                Columns.instant(row, "stream_at"),
                new NodeId(row.getString("node")),
                new UserId(row.getString("shown_by")),
                row.getString("reason"),
                Columns.instant(row, "shown_at"),
                endedAt == null
                        ? null
                        : new Showing.End(endedAt, Showing.Cause.valueOf(row.getString("cause"))));
    }
}
