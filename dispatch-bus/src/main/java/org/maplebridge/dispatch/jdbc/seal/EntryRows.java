package org.maplebridge.dispatch.jdbc.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.journal.seal.WrittenEntry.About;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of the journal, taken as they lie there.
final class EntryRows {
    private EntryRows() {}

    /// Whom it is about is read by [#subjects].
    static WrittenEntry bare(ResultSet row) throws SQLException {
        return new WrittenEntry(
                row.getLong("sequence"),
                Columns.instant(row, "happened_at"),
                row.getString("kind"),
                row.getString("actor"),
                row.getString("seat"),
                List.of(),
                row.getString("detail"));
    }

    static WrittenEntry about(WrittenEntry bare, Map<Long, List<About>> subjects) {
        return new WrittenEntry(
                bare.sequence(),
                bare.at(),
                bare.kind(),
                bare.actor(),
                bare.seat(),
                subjects.getOrDefault(bare.sequence(), List.of()),
                bare.detail());
    }

    /// They are committed with their entry, so whoever has seen the entry sees all of them.
    static Map<Long, List<About>> subjects(JdbcClient sql, Collection<Long> sequences) {
        var found = new HashMap<Long, List<About>>();
        if (!sequences.isEmpty()) {
            sql.sql("select * from journal_subject where sequence in (:sequences)")
                    .param("sequences", sequences)
                    .query(row -> {
                        found.computeIfAbsent(row.getLong("sequence"), _ -> new ArrayList<>())
                                .add(new About(row.getString("kind"), row.getString("id")));
                    });
        }
        return found;
    }

    static List<WrittenEntry> whole(JdbcClient sql, List<WrittenEntry> bare) {
        var subjects = subjects(sql, bare.stream().map(WrittenEntry::sequence).toList());
        return bare.stream().map(entry -> about(entry, subjects)).toList();
    }
}
