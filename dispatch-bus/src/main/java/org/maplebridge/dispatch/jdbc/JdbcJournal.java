package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalEntry;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

public final class JdbcJournal implements JournalStore {
    private final Database database;

    JdbcJournal(Database database) {
        this.database = database;
    }

    @Override
    public JournalEntry append(Happening happening) throws RecordUnavailable {
        return database.together(sql -> append(sql, happening));
    }

    @Override
    public List<JournalEntry> append(List<Happening> happenings) throws RecordUnavailable {
        return database.together(sql -> {
            var entries = new ArrayList<JournalEntry>();
            happenings.forEach(happening -> entries.add(append(sql, happening)));
            return entries;
        });
    }

    @Override
    public List<JournalEntry> about(Subject subject, long sequence, int limit)
            throws RecordUnavailable {
        return database.run(sql ->
                withSubjects(
                        sql,
                        sql.sql(
                                        """
                                        select e.* from journal_entry e
                                        join journal_subject s on s.sequence = e.sequence
                                        where s.kind = :kind and s.id = :id and s.sequence > :after
                                        order by s.sequence limit :limit
                                        """)
                                .param("kind", subject.kind().name())
                                .param("id", subject.id())
                                .param("after", sequence)
                                .param("limit", limit)
                                .query((row, _) -> bare(row))
                                .list()));
    }

    @Override
    public List<JournalEntry> latest(Subject subject, int limit) throws RecordUnavailable {
        return database.run(sql ->
                withSubjects(
                                sql,
                                sql.sql(
                                                """
                                                select e.* from journal_entry e
                                                join journal_subject s on s.sequence = e.sequence
                                                where s.kind = :kind and s.id = :id
                                                order by s.sequence desc limit :limit
                                                """)
                                        .param("kind", subject.kind().name())
                                        .param("id", subject.id())
                                        .param("limit", limit)
                                        .query((row, _) -> bare(row))
                                        .list())
                        .reversed());
    }

    @Override
    public List<JournalEntry> after(long sequence, int limit) throws RecordUnavailable {
        return database.run(sql ->
                withSubjects(
                        sql,
                        sql.sql(
                                        """
                                        select * from journal_entry
                                        where sequence > :after order by sequence limit :limit
                                        """)
                                .param("after", sequence)
                                .param("limit", limit)
                                .query((row, _) -> bare(row))
                                .list()));
    }

    /// For stores that change something in the same transaction.
    public static JournalEntry append(JdbcClient sql, Happening happening) {
        var key = new GeneratedKeyHolder();
        sql.sql(
                        """
                        insert into journal_entry (happened_at, kind, actor, seat, detail)
                        values (:at, :kind, :actor, :seat, :detail)
                        """)
                .param("at", Columns.time(happening.at()))
                .param("kind", happening.kind().name())
                .param("actor", Columns.textOrNull(happening.actor()))
                .param("seat", Columns.textOrNull(happening.seat()))
                .param("detail", DetailText.write(happening.detail()))
                .update(key, "sequence");
        long sequence = Objects.requireNonNull(key.getKey()).longValue();
        for (Subject subject : new LinkedHashSet<>(happening.subjects())) {
            sql.sql("insert into journal_subject (kind, id, sequence) values (:kind, :id, :seq)")
                    .param("kind", subject.kind().name())
                    .param("id", subject.id())
                    .param("seq", sequence)
                    .update();
        }
        return new JournalEntry(sequence, happening);
    }

    private static JournalEntry bare(ResultSet row) throws SQLException {
        return new JournalEntry(
                row.getLong("sequence"),
                new Happening(
                        Columns.instant(row, "happened_at"),
                        JournalKind.valueOf(row.getString("kind")),
                        Columns.idOrNull(row, "actor", UserId::new),
                        Columns.idOrNull(row, "seat", SeatId::new),
                        List.of(),
                        DetailText.read(row.getString("detail"))));
    }

    private static List<JournalEntry> withSubjects(JdbcClient sql, List<JournalEntry> bare) {
        Map<Long, List<Subject>> subjects =
                bare.isEmpty()
                        ? Map.of()
                        : subjects(sql, bare.stream().map(JournalEntry::sequence).toList());
        return bare.stream()
                .map(entry -> about(entry, subjects.getOrDefault(entry.sequence(), List.of())))
                .toList();
    }

    private static JournalEntry about(JournalEntry entry, List<Subject> subjects) {
        Happening bare = entry.happening();
        return new JournalEntry(
                entry.sequence(),
                new Happening(
                        bare.at(),
                        bare.kind(),
                        bare.actor(),
                        bare.seat(),
                        subjects,
                        bare.detail()));
    }

    private static Map<Long, List<Subject>> subjects(JdbcClient sql, Collection<Long> sequences) {
        var found = new HashMap<Long, List<Subject>>();
        sql.sql(
                        """
                        select * from journal_subject where sequence in (:sequences)
                        order by kind, id
                        """)
                .param("sequences", sequences)
                .query(row -> {
                    var subject =
                            new Subject(
                                    Subject.Kind.valueOf(row.getString("kind")),
                                    row.getString("id"));
                    found.computeIfAbsent(row.getLong("sequence"), _ -> new ArrayList<>())
                            .add(subject);
                });
        return found;
    }
}
