package org.maplebridge.dispatch.jdbc.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.duty.HandOver;
import org.maplebridge.dispatch.duty.Shift;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Seat.Duty;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.DutyStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

public final class JdbcDuty implements DutyStore {
    private static final String INSERT =
            """
            insert into duty_shift
                (id, node, post, person, starts_at, ends_at, changed_by, changed_at, removed,
                 version)
            values (:id, :node, :post, :person, :starts, :ends, :by, :at, false, 0)
            """;

    private final Database database;

    public JdbcDuty(Database database) {
        this.database = database;
    }

    /// Also of what was taken off the roster: then it is nobody's any more.
    private record Row(Shift shift, boolean removed) {}

    @Override
    public Change add(Shift shift) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                fields(sql.sql(INSERT), shift).update();
                return new Change.Kept(one(sql, shift.id()).orElseThrow().shift());
            });
        } catch (DuplicateKeyException taken) {
            return database.run(sql -> after(one(sql, shift.id()).orElseThrow(), shift));
        }
    }

    private static Change after(Row there, Shift wanted) {
        return !there.removed() && there.shift().saysTheSameAs(wanted)
                ? new Change.Repeated(there.shift())
                : new Change.Overtaken(there.shift());
    }

    @Override
    public void addAll(List<Shift> shifts) throws RecordUnavailable {
        database.together(sql -> {
            shifts.forEach(shift -> fields(sql.sql(INSERT), shift).update());
            return shifts.size();
        });
    }

    @Override
    public Change replace(Shift shift) throws RecordUnavailable {
        return database.together(sql -> {
            int changed =
                    fields(
                                    sql.sql(
                                            """
                                            update duty_shift set node = :node, post = :post,
                                                person = :person, starts_at = :starts,
                                                ends_at = :ends, changed_by = :by,
                                                changed_at = :at, version = version + 1
                                            where id = :id and version = :version and not removed
                                            """),
                                    shift)
                            .param("version", shift.version())
                            .update();
            Optional<Row> now = one(sql, shift.id());
            if (now.isEmpty()) {
                return new Change.Unknown();
            }
            return changed == 1 ? new Change.Kept(now.get().shift()) : after(now.get(), shift);
        });
    }

    @Override
    public Change remove(String id, long version, UserId by, Instant at) throws RecordUnavailable {
        return database.together(sql -> {
            int changed =
                    sql.sql(
                                    """
                                    update duty_shift set removed = true, changed_by = :by,
                                        changed_at = :at, version = version + 1
                                    where id = :id and version = :version and not removed
                                    """)
                            .param("by", by.value())
                            .param("at", Columns.time(at))
                            .param("id", id)
                            .param("version", version)
                            .update();
            Optional<Row> now = one(sql, id);
            if (now.isEmpty()) {
                return new Change.Unknown();
            }
            Shift shift = now.get().shift();
            if (changed == 1) {
                return new Change.Kept(shift);
            }
            return now.get().removed() ? new Change.Repeated(shift) : new Change.Overtaken(shift);
        });
    }

    @Override
    public Optional<Shift> shift(String id) throws RecordUnavailable {
        return database.run(sql -> one(sql, id).filter(row -> !row.removed()).map(Row::shift));
    }

    @Override
    public List<Shift> shifts(Collection<NodeId> rooms, Instant from, Instant until, int limit)
            throws RecordUnavailable {
        if (rooms.isEmpty()) {
            return List.of();
        }
        return database.run(sql ->
                sql.sql(
                                """
                                select * from duty_shift
                                where node in (:rooms) and ends_at > :from and starts_at < :until
                                    and not removed
                                order by node, starts_at, post, id limit :limit
                                """)
                        .param("rooms", values(rooms))
                        .param("from", Columns.time(from))
                        .param("until", Columns.time(until))
                        .param("limit", limit)
                        .query((row, _) -> row(row).shift())
                        .list());
    }

    @Override
    public HandOver write(HandOver note) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                sql.sql(
                                """
                                insert into duty_hand_over
                                    (id, node, from_name, body, written_by, written_at)
                                values (:id, :node, :from, :body, :by, :at)
                                """)
                        .param("id", note.id())
                        .param("node", note.node().value())
                        .param("from", note.from())
                        .param("body", note.text())
                        .param("by", note.by().value())
                        .param("at", Columns.time(note.at()))
                        .update();
                return note;
            });
        } catch (DuplicateKeyException taken) {
            return handOver(note.id()).orElseThrow();
        }
    }

    @Override
    public boolean take(String id, HandOver.Taken taken) throws RecordUnavailable {
        return database.together(sql ->
                sql.sql(
                                """
                                update duty_hand_over
                                set to_name = :to, taken_by = :by, taken_at = :at
                                where id = :id and taken_at is null
                                """)
                        .param("to", taken.to())
                        .param("by", taken.by().value())
                        .param("at", Columns.time(taken.at()))
                        .param("id", id)
                        .update())
                == 1;
    }

    @Override
    public Optional<HandOver> handOver(String id) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from duty_hand_over where id = :id")
                        .param("id", id)
                        .query((row, _) -> note(row))
                        .optional());
    }

    @Override
    public List<HandOver> handOvers(Collection<NodeId> rooms, int limit) throws RecordUnavailable {
        if (rooms.isEmpty()) {
            return List.of();
        }
        return database.run(sql ->
                sql.sql(
                                """
                                select * from duty_hand_over where node in (:rooms)
                                order by written_at desc, id limit :limit
                                """)
                        .param("rooms", values(rooms))
                        .param("limit", limit)
                        .query((row, _) -> note(row))
                        .list());
    }

    private static List<String> values(Collection<NodeId> rooms) {
        return rooms.stream().map(NodeId::value).toList();
    }

    private static StatementSpec fields(StatementSpec statement, Shift shift) {
        return statement
                .param("id", shift.id())
                .param("node", shift.node().value())
                .param("post", shift.post().name())
                .param("person", shift.person())
                .param("starts", Columns.time(shift.from()))
                .param("ends", Columns.time(shift.until()))
                .param("by", shift.changedBy().value())
                .param("at", Columns.time(shift.changedAt()));
    }

    private static Optional<Row> one(JdbcClient sql, String id) {
        return sql.sql("select * from duty_shift where id = :id")
                .param("id", id)
                .query((row, _) -> row(row))
                .optional();
    }

    private static Row row(ResultSet row) throws SQLException {
        var shift =
                new Shift(
                        row.getString("id"),
                        new NodeId(row.getString("node")),
                        Duty.valueOf(row.getString("post")),
                        row.getString("person"),
                        Columns.instant(row, "starts_at"),
                        Columns.instant(row, "ends_at"),
                        new UserId(row.getString("changed_by")),
                        Columns.instant(row, "changed_at"),
                        row.getLong("version"));
        return new Row(shift, row.getBoolean("removed"));
    }

    private static HandOver note(ResultSet row) throws SQLException {
        @Nullable Instant takenAt = Columns.instantOrNull(row, "taken_at");
        return new HandOver(
                row.getString("id"),
                new NodeId(row.getString("node")),
                row.getString("from_name"),
                row.getString("body"),
                new UserId(row.getString("written_by")),
                Columns.instant(row, "written_at"),
                takenAt == null
                        ? null
                        : new HandOver.Taken(
                                row.getString("to_name"),
                                new UserId(row.getString("taken_by")),
                                takenAt));
    }
}
