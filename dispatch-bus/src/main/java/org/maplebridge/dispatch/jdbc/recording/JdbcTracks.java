package org.maplebridge.dispatch.jdbc.recording;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.recording.TrackPiece;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.TrackStore;
import org.springframework.dao.DuplicateKeyException;

public final class JdbcTracks implements TrackStore {
    private final Database database;

    public JdbcTracks(Database database) {
        this.database = database;
    }

    /// Open ones and those just closed are asked for apart: each has an index of its own.
    @Override
    public List<UnitId> concerned(Instant closedAfter, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select unit from (
                                    select a.unit_id as unit from incident i
                                        join dispatch_order o on o.incident_id = i.id
                                        join order_assignment a on a.order_id = o.id
                                        where i.closed_at is null
                                    union
                                    select a.unit_id as unit from incident i
                                        join dispatch_order o on o.incident_id = i.id
                                        join order_assignment a on a.order_id = o.id
                                        where i.closed_at >= :after
                                    union
                                    select b.talker_unit as unit from incident i
                                        join burst b on b.incident_id = i.id
                                        where i.closed_at is null and b.talker_unit is not null
                                    union
                                    select b.talker_unit as unit from incident i
                                        join burst b on b.incident_id = i.id
                                        where i.closed_at >= :after
                                            and b.talker_unit is not null) u
                                order by unit limit :limit
                                """)
                        .param("after", Columns.time(closedAfter))
                        .param("limit", limit)
                        .query((row, _) -> new UnitId(row.getString("unit")))
                        .list());
    }

    @Override
    public Optional<Instant> keptUntil(UnitId unit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select until_at from track_piece where unit = :unit
                                order by from_at desc limit 1
                                """)
                        .param("unit", unit.value())
                        .query(OffsetDateTime.class)
                        .optional()
                        .map(OffsetDateTime::toInstant));
    }

    @Override
    public boolean keep(TrackPiece piece) throws RecordUnavailable {
        try {
            return database.run(sql ->
                    sql.sql(
                                            """
                                            insert into track_piece (unit, from_at, until_at, points)
                                            values (:unit, :from, :until, :points)
                                            """)
                                    .param("unit", piece.unit().value())
                                    .param("from", Columns.time(piece.from()))
                                    .param("until", Columns.time(piece.until()))
                                    .param("points", piece.points())
                                    .update()
                            == 1);
        } catch (DuplicateKeyException there) {
            return false;
        }
    }

    @Override
    public List<TrackPiece> between(
            Collection<UnitId> units, Instant from, Instant until, int limit)
            throws RecordUnavailable {
        if (units.isEmpty()) {
            return List.of();
        }
        return database.run(sql ->
                sql.sql(
                                """
                                select * from track_piece
                                where unit in (:units) and from_at < :until and until_at >= :from
                                order by from_at, unit limit :limit
                                """)
                        .param("units", units.stream().map(UnitId::value).toList())
                        .param("from", Columns.time(from))
                        .param("until", Columns.time(until))
                        .param("limit", limit)
                        .query((row, _) -> piece(row))
                        .list());
    }

    @Override
    public int dropBefore(Instant before, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                delete from track_piece where (unit, from_at) in (
                                    select unit, from_at from track_piece
                                    where until_at < :before order by until_at limit :limit)
                                """)
                        .param("before", Columns.time(before))
                        .param("limit", limit)
                        .update());
    }

    private static TrackPiece piece(ResultSet row) throws SQLException {
        return new TrackPiece(
                new UnitId(row.getString("unit")),
                Columns.instant(row, "from_at"),
                Columns.instant(row, "until_at"),
                row.getString("points"));
    }
}
