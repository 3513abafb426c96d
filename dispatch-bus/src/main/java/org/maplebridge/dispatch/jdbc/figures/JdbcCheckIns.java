package org.maplebridge.dispatch.jdbc.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.duty.CheckIn;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.CheckInStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

public final class JdbcCheckIns implements CheckInStore {
    private static final String INSERT =
            """
            insert into duty_check_in
                (id, person, unit, node, place, latitude, longitude, accuracy, note, checked_at,
                 received_at)
            values (:id, :person, :unit, :node, :place, :latitude, :longitude, :accuracy, :note,
                 :at, :received)
            """;

    private final Database database;
    private final BiConsumer<JdbcClient, Happening> journal;

    /// @param journal writes an entry within a transaction
    public JdbcCheckIns(Database database, BiConsumer<JdbcClient, Happening> journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public CheckIn add(CheckIn checkIn, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                insert(sql, checkIn);
                journal.accept(sql, happening);
                return checkIn;
            });
        } catch (DuplicateKeyException taken) {
            return database.run(sql ->
                    sql.sql("select * from duty_check_in where id = :id")
                            .param("id", checkIn.id())
                            .query((row, _) -> checkIn(row))
                            .single());
        }
    }

    private static void insert(JdbcClient sql, CheckIn checkIn) {
        CheckIn.@Nullable Fix fix = checkIn.fix();
        sql.sql(INSERT)
                .param("id", checkIn.id())
                .param("person", checkIn.by().value())
                .param("unit", checkIn.unit().value())
                .param("node", checkIn.node().value())
                .param("place", checkIn.place())
                .param("latitude", fix == null ? null : fix.point().latitude(), Types.DOUBLE)
                .param("longitude", fix == null ? null : fix.point().longitude(), Types.DOUBLE)
                .param("accuracy", fix == null ? null : fix.accuracyMetres(), Types.INTEGER)
                .param("note", checkIn.note())
                .param("at", Columns.time(checkIn.at()))
                .param("received", Columns.time(checkIn.receivedAt()))
                .update();
    }

    @Override
    public List<CheckIn> list(
            Collection<NodeId> rooms, @Nullable UnitId unit, Instant from, Instant until, int limit)
            throws RecordUnavailable {
        if (rooms.isEmpty()) {
            return List.of();
        }
        return database.run(sql ->
                sql.sql(
                                """
                                select * from duty_check_in
                                where node in (:rooms) and checked_at >= :from
                                    and checked_at < :until and (:unit = '' or unit = :unit)
                                order by checked_at desc, id limit :limit
                                """)
                        .param("rooms", rooms.stream().map(NodeId::value).toList())
                        .param("from", Columns.time(from))
                        .param("until", Columns.time(until))
                        .param("unit", unit == null ? "" : unit.value())
                        .param("limit", limit)
                        .query((row, _) -> checkIn(row))
                        .list());
    }

    private static CheckIn checkIn(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        boolean nowhere = row.wasNull();
        double longitude = row.getDouble("longitude");
        return new CheckIn(
                row.getString("id"),
                new UserId(row.getString("person")),
                new UnitId(row.getString("unit")),
                new NodeId(row.getString("node")),
                row.getString("place"),
                nowhere
                        ? null
                        : new CheckIn.Fix(
                                new GeoPoint(latitude, longitude), row.getInt("accuracy")),
                row.getString("note"),
                Columns.instant(row, "checked_at"),
                Columns.instant(row, "received_at"));
    }
}
