package org.maplebridge.dispatch.jdbc.seal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.journal.seal.BlockCheck;
import org.maplebridge.dispatch.journal.seal.Leaf;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.journal.seal.WrittenEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.seal.SealStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

public final class JdbcSeals implements SealStore {
    /// Somebody may have put more into a block than we do; that shows with a few of them.
    private static final int MOST_LEAVES = SealedBlock.MOST + 10;

    private final Database database;

    public JdbcSeals(Database database) {
        this.database = database;
    }

    @Override
    public Optional<SealedBlock> head() throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from journal_seal order by block_number desc limit 1")
                        .query((row, _) -> block(row))
                        .optional());
    }

    /// The leaves are bounded as the entries are, so that no plan reads all of them.
    @Override
    public List<WrittenEntry> unsealed(long after, long through, int limit)
            throws RecordUnavailable {
        return database.run(sql ->
                EntryRows.whole(
                        sql,
                        sql.sql(
                                        """
                                        select e.* from journal_entry e
                                        where e.sequence > :after and e.sequence <= :through
                                        and not exists (
                                            select 1 from journal_leaf l
                                            where l.sequence = e.sequence
                                            and l.sequence > :after and l.sequence <= :through)
                                        order by e.sequence limit :limit
                                        """)
                                .param("after", after)
                                .param("through", through)
                                .param("limit", limit)
                                .query((row, _) -> EntryRows.bare(row))
                                .list()));
    }

    /// Of all nodes the key lets one write a number, and one give an entry its block.
    @Override
    public boolean append(SealedBlock.Made made) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                insert(sql, made.block());
                var rows = new ArrayList<Object[]>();
                for (Leaf leaf : made.leaves()) {
                    rows.add(
                            new Object[] {
                                leaf.sequence(), made.block().number(), rows.size(), leaf.hash()
                            });
                }
                database.batch(
                        "insert into journal_leaf (sequence, block_number, place, hash)"
                                + " values (?, ?, ?, ?)",
                        rows);
                return true;
            });
        } catch (DuplicateKeyException otherWasFaster) {
            return false;
        }
    }

    private static void insert(JdbcClient sql, SealedBlock block) {
        sql.sql(
                        """
                        insert into journal_seal
                            (block_number, first_sequence, last_sequence, through, entry_count,
                             total, root, hash_before, sealed_at, seal_key, signature)
                        values (:number, :first, :last, :through, :count,
                             :total, :root, :before, :at, :key, :signature)
                        """)
                .param("number", block.number())
                .param("first", block.first())
                .param("last", block.last())
                .param("through", block.through())
                .param("count", block.count())
                .param("total", block.total())
                .param("root", block.root())
                .param("before", block.before())
                .param("at", Columns.time(block.at()))
                .param("key", block.key())
                .param("signature", block.signature())
                .update();
    }

    @Override
    public List<SealedBlock> blocks(long from, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from journal_seal where block_number >= :from
                                order by block_number limit :limit
                                """)
                        .param("from", from)
                        .param("limit", limit)
                        .query((row, _) -> block(row))
                        .list());
    }

    private record LeafRow(int place, Leaf leaf, @Nullable WrittenEntry bare) {}

    @Override
    public List<BlockCheck.Found> found(long block) throws RecordUnavailable {
        return database.run(sql -> {
            var rows =
                    sql.sql(
                                    """
                                    select l.place, l.sequence as noted, l.hash, e.*
                                    from journal_leaf l
                                    left join journal_entry e on e.sequence = l.sequence
                                    where l.block_number = :block order by l.place limit :limit
                                    """)
                            .param("block", block)
                            .param("limit", MOST_LEAVES)
                            .query((row, _) -> leafRow(row))
                            .list();
            var there =
                    rows.stream()
                            .map(LeafRow::bare)
                            .filter(Objects::nonNull)
                            .map(WrittenEntry::sequence)
                            .toList();
            var subjects = EntryRows.subjects(sql, there);
            return rows.stream()
                    .map(row -> {
                        @Nullable WrittenEntry bare = row.bare();
                        return new BlockCheck.Found(
                                row.place(),
                                row.leaf(),
                                bare == null ? null : EntryRows.about(bare, subjects));
                    })
                    .toList();
        });
    }

    private static LeafRow leafRow(ResultSet row) throws SQLException {
        boolean there = row.getString("kind") != null;
        return new LeafRow(
                row.getInt("place"),
                new Leaf(row.getLong("noted"), row.getString("hash")),
                there ? EntryRows.bare(row) : null);
    }

    @Override
    public List<Leaf> leaves(long block) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select sequence, hash from journal_leaf
                                where block_number = :block order by place limit :limit
                                """)
                        .param("block", block)
                        .param("limit", MOST_LEAVES)
                        .query((row, _) -> new Leaf(row.getLong("sequence"), row.getString("hash")))
                        .list());
    }

    @Override
    public Optional<Instant> passed(long sequence) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select sealed_at from journal_seal where through >= :sequence
                                order by through, block_number limit 1
                                """)
                        .param("sequence", sequence)
                        .query((row, _) -> Columns.instant(row, "sealed_at"))
                        .optional());
    }

    private record KeptRow(WrittenEntry bare, @Nullable Place place) {}

    @Override
    public List<Kept> about(Subject subject, int limit) throws RecordUnavailable {
        return database.run(sql -> {
            var rows =
                    sql.sql(
                                    """
                                    select e.*, l.block_number, l.place from journal_subject s
                                    join journal_entry e on e.sequence = s.sequence
                                    left join journal_leaf l on l.sequence = s.sequence
                                    where s.kind = :kind and s.id = :id
                                    order by s.sequence desc limit :limit
                                    """)
                            .param("kind", subject.kind().name())
                            .param("id", subject.id())
                            .param("limit", limit)
                            .query((row, _) -> new KeptRow(EntryRows.bare(row), place(row)))
                            .list()
                            .reversed();
            var subjects =
                    EntryRows.subjects(
                            sql, rows.stream().map(row -> row.bare().sequence()).toList());
            return rows.stream()
                    .map(row -> new Kept(EntryRows.about(row.bare(), subjects), row.place()))
                    .toList();
        });
    }

    private static @Nullable Place place(ResultSet row) throws SQLException {
        long block = row.getLong("block_number");
        return row.wasNull() ? null : new Place(block, row.getInt("place"));
    }

    private static SealedBlock block(ResultSet row) throws SQLException {
        return new SealedBlock(
                row.getLong("block_number"),
                row.getLong("first_sequence"),
                row.getLong("last_sequence"),
                row.getLong("through"),
                row.getInt("entry_count"),
                row.getLong("total"),
                row.getString("root"),
                row.getString("hash_before"),
                Columns.instant(row, "sealed_at"),
                row.getString("seal_key"),
                row.getString("signature"));
    }
}
