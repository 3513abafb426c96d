package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.call.Callback;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.CallbackId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.CallbackStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class JdbcCallbacks implements CallbackStore {
    private final Database database;

    JdbcCallbacks(Database database) {
        this.database = database;
    }

    /// The id is looked at first, so that a repeat is one whatever else is open.
    @Override
    public Asking ask(Callback callback, Happening happening) throws RecordUnavailable {
        try {
            Optional<Callback> there = find(callback.id());
            if (there.isPresent()) {
                return known(there.get(), callback);
            }
            return database.together(sql -> {
                if (openAt(sql, callback.asked()) >= Callback.MOST_OPEN) {
                    return Asking.TOO_MANY;
                }
                insert(sql, callback);
                JdbcJournal.append(sql, happening);
                return Asking.ASKED;
            });
        } catch (DuplicateKeyException crossed) {
            return find(callback.id()).map(there -> known(there, callback)).orElse(Asking.CONFLICT);
        }
    }

    @Override
    public boolean done(CallbackId id, UserId by, Instant at, Happening happening)
            throws RecordUnavailable {
        return database.together(sql -> {
            boolean ours =
                    sql.sql(
                                            """
                                            update callback set done_by = :by, done_at = :at
                                            where id = :id and done_at is null
                                            """)
                                    .param("by", by.value())
                                    .param("at", Columns.time(at))
                                    .param("id", id.value())
                                    .update()
                            == 1;
            if (ours) {
                JdbcJournal.append(sql, happening);
            }
            return ours;
        });
    }

    @Override
    public Optional<Callback> find(CallbackId id) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from callback where id = :id")
                        .param("id", id.value())
                        .query((row, _) -> callback(row))
                        .optional());
    }

    @Override
    public List<Callback> openFor(UnitId unit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from callback
                                where done_at is null and (asked = :unit or from_unit = :unit)
                                order by asked_at, id
                                """)
                        .param("unit", unit.value())
                        .query((row, _) -> callback(row))
                        .list());
    }

    private static Asking known(Callback there, Callback again) {
        return there.isRepeatedBy(again) ? Asking.REPEATED : Asking.CONFLICT;
    }

    private static long openAt(JdbcClient sql, UnitId asked) {
        return sql.sql("select count(*) from callback where done_at is null and asked = :unit")
                .param("unit", asked.value())
                .query(Long.class)
                .single();
    }

    private static void insert(JdbcClient sql, Callback callback) {
        sql.sql(
                        """
                        insert into callback (id, asked, from_unit, asked_by, note, asked_at)
                        values (:id, :asked, :from, :by, :note, :at)
                        """)
                .param("id", callback.id().value())
                .param("asked", callback.asked().value())
                .param("from", callback.from().value())
                .param("by", callback.by().value())
                .param("note", callback.note())
                .param("at", Columns.time(callback.at()))
                .update();
    }

    private static Callback callback(ResultSet row) throws SQLException {
        return new Callback(
                new CallbackId(row.getString("id")),
                new UnitId(row.getString("asked")),
                new UnitId(row.getString("from_unit")),
                new UserId(row.getString("asked_by")),
                row.getString("note"),
                Columns.instant(row, "asked_at"),
                Columns.idOrNull(row, "done_by", UserId::new),
                Columns.instantOrNull(row, "done_at"));
    }
}
