package org.maplebridge.dispatch.jdbc.recording;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.recording.Mark;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.MarkStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

public final class JdbcMarks implements MarkStore {
    private final Database database;
    private final BiConsumer<JdbcClient, Happening> journal;

    /// @param journal writes within the same transaction
    public JdbcMarks(Database database, BiConsumer<JdbcClient, Happening> journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public Keeping keep(Mark mark, int most, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> keep(sql, mark, most, happening));
        } catch (DuplicateKeyException atTheSameTime) {
            return database.run(sql -> find(sql, mark.id()))
                    .map(there -> known(there, mark))
                    .orElse(Keeping.CONFLICT);
        }
    }

    private Keeping keep(JdbcClient sql, Mark mark, int most, Happening happening) {
        Optional<Mark> there = find(sql, mark.id());
        if (there.isPresent()) {
            return known(there.get(), mark);
        }
        int count =
                sql.sql("select count(*) from incident_mark where incident_id = :incident")
                        .param("incident", mark.incident().value())
                        .query(Integer.class)
                        .single();
        if (count >= most) {
            return Keeping.TOO_MANY;
        }
        sql.sql(
                        """
                        insert into incident_mark
                            (id, incident_id, marked_at, kind, body, written_by, written_at)
                        values (:id, :incident, :at, :kind, :text, :by, :written)
                        """)
                .param("id", mark.id())
                .param("incident", mark.incident().value())
                .param("at", Columns.time(mark.at()))
                .param("kind", mark.kind().name())
                .param("text", mark.text())
                .param("by", mark.by().value())
                .param("written", Columns.time(mark.writtenAt()))
                .update();
        journal.accept(sql, happening);
        return Keeping.KEPT;
    }

    private static Keeping known(Mark there, Mark mark) {
        return there.repeats(mark) ? Keeping.REPEATED : Keeping.CONFLICT;
    }

    private static Optional<Mark> find(JdbcClient sql, String id) {
        return sql.sql("select * from incident_mark where id = :id")
                .param("id", id)
                .query((row, _) -> mark(row))
                .optional();
    }

    @Override
    public boolean remove(IncidentId incident, String id, UserId by, Happening happening)
            throws RecordUnavailable {
        return database.together(sql -> {
            boolean ours =
                    sql.sql(
                                            """
                                            update incident_mark set removed_by = :by
                                            where id = :id and incident_id = :incident
                                                and removed_by is null
                                            """)
                                    .param("by", by.value())
                                    .param("id", id)
                                    .param("incident", incident.value())
                                    .update()
                            == 1;
            if (ours) {
                journal.accept(sql, happening);
            }
            return ours;
        });
    }

    @Override
    public List<Mark> of(IncidentId incident, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from incident_mark
                                where incident_id = :incident and removed_by is null
                                order by marked_at, written_at, id limit :limit
                                """)
                        .param("incident", incident.value())
                        .param("limit", limit)
                        .query((row, _) -> mark(row))
                        .list());
    }

    private static Mark mark(ResultSet row) throws SQLException {
        return new Mark(
                row.getString("id"),
                new IncidentId(row.getString("incident_id")),
                Columns.instant(row, "marked_at"),
                Mark.Kind.valueOf(row.getString("kind")),
                row.getString("body"),
                new UserId(row.getString("written_by")),
                Columns.instant(row, "written_at"),
                Columns.idOrNull(row, "removed_by", UserId::new));
    }
}
