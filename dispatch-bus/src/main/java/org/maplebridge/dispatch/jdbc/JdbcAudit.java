package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.AuditStore;
import org.maplebridge.dispatch.store.RecordUnavailable;

final class JdbcAudit implements AuditStore {
    private final Database database;

    JdbcAudit(Database database) {
        this.database = database;
    }

    @Override
    public void append(AuditEntry entry) throws RecordUnavailable {
        database.run(sql ->
                sql.sql(
                                """
                                insert into audit_entry
                                    (happened_at, kind, who, subject, remote, detail)
                                values (:at, :kind, :who, :subject, :remote, :detail)
                                """)
                        .param("at", Columns.time(entry.at()))
                        .param("kind", entry.kind().name())
                        .param("who", entry.who())
                        .param("subject", entry.subject())
                        .param("remote", entry.remote())
                        .param("detail", DetailText.write(entry.detail()))
                        .update());
    }

    @Override
    public void append(List<AuditEntry> entries) throws RecordUnavailable {
        var rows = entries.stream().map(JdbcAudit::row).toList();
        database.together(sql -> {
            database.batch(
                    """
                    insert into audit_entry (happened_at, kind, who, subject, remote, detail)
                    values (?, ?, ?, ?, ?, ?)
                    """,
                    rows);
            return rows;
        });
    }

    @Override
    public List<AuditEntry> find(String who, String subject, Instant from, Instant until, int limit)
            throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from audit_entry
                                where happened_at >= :from and happened_at < :until
                                    and (:who = '' or who = :who)
                                    and (:subject = '' or subject = :subject)
                                order by happened_at desc, sequence desc limit :limit
                                """)
                        .param("from", Columns.time(from))
                        .param("until", Columns.time(until))
                        .param("who", who)
                        .param("subject", subject)
                        .param("limit", limit)
                        .query((row, _) -> entry(row))
                        .list());
    }

    private static Object[] row(AuditEntry entry) {
        return new Object[] {
            Columns.time(entry.at()),
            entry.kind().name(),
            entry.who(),
            entry.subject(),
            entry.remote(),
            DetailText.write(entry.detail())
        };
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                Columns.instant(row, "happened_at"),
                AuditEntry.Kind.valueOf(row.getString("kind")),
                row.getString("who"),
                row.getString("subject"),
                row.getString("remote"),
                DetailText.read(row.getString("detail")));
    }
}
