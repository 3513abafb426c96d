package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.OwnershipList;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.IntakeLists;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

final class JdbcIntakeLists implements IntakeLists {
    private static final String ADD_ITEM =
            """
            insert into ownership_item
                (version, item, sort_key, body, keywords, matter_kind, owner, node)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Database database;

    JdbcIntakeLists(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(ReportCode code, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                insert(sql, code);
                JdbcJournal.append(sql, happening);
                return true;
            });
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    private static void insert(JdbcClient sql, ReportCode code) {
        sql.sql(
                        """
                        insert into report_code
                            (code, title_zh, title_en, matter_kind, place, latitude, longitude,
                             node, severity)
                        values (:code, :zh, :en, :kind, :place, :latitude, :longitude, :node,
                             :severity)
                        """)
                .param("code", code.code())
                .param("zh", code.title().zh())
                .param("en", code.title().en())
                .param("kind", code.kind())
                .param("place", code.place())
                .param("latitude", Columns.latitudeOrNull(code.point()), Types.DOUBLE)
                .param("longitude", Columns.longitudeOrNull(code.point()), Types.DOUBLE)
                .param("node", code.node().value())
                .param("severity", code.severity().name())
                .update();
    }

    @Override
    public Optional<ReportCode> code(String code) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from report_code
                                where code = :code and withdrawn_at is null
                                """)
                        .param("code", code)
                        .query((row, _) -> code(row))
                        .optional());
    }

    @Override
    public List<Hung> codes() throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from report_code order by code")
                        .query((row, _) ->
                                new Hung(code(row), Columns.instantOrNull(row, "withdrawn_at")))
                        .list());
    }

    @Override
    public boolean withdraw(String code, Instant at, Happening happening) throws RecordUnavailable {
        return database.together(sql -> {
            int changed =
                    sql.sql(
                                    """
                                    update report_code set withdrawn_at = :at
                                    where code = :code and withdrawn_at is null
                                    """)
                            .param("at", Columns.time(at))
                            .param("code", code)
                            .update();
            if (changed == 1) {
                JdbcJournal.append(sql, happening);
            }
            return changed == 1
                    || sql.sql("select count(*) from report_code where code = :code")
                                    .param("code", code)
                                    .query(Integer.class)
                                    .single()
                            == 1;
        });
    }

    private static ReportCode code(ResultSet row) throws SQLException {
        return new ReportCode(
                row.getString("code"),
                new Name(row.getString("title_zh"), row.getString("title_en")),
                row.getString("matter_kind"),
                row.getString("place"),
                Columns.pointOrNull(row),
                new NodeId(row.getString("node")),
                Severity.valueOf(row.getString("severity")));
    }

    @Override
    public long ownershipVersion() throws RecordUnavailable {
        return database.run(JdbcIntakeLists::newest);
    }

    @Override
    public OwnershipList ownership() throws RecordUnavailable {
        return database.run(sql -> {
            long version = newest(sql);
            return version == 0
                    ? OwnershipList.NONE
                    : new OwnershipList(version, items(sql, version));
        });
    }

    private static long newest(JdbcClient sql) {
        return sql.sql("select coalesce(max(version), 0) from ownership_list")
                .query(Long.class)
                .single();
    }

    private static List<OwnershipItem> items(JdbcClient sql, long version) {
        return sql.sql("select * from ownership_item where version = :version order by sort_key")
                .param("version", version)
                .query((row, _) ->
                        new OwnershipItem(
                                row.getString("item"),
                                row.getString("body"),
                                row.getString("keywords"),
                                row.getString("matter_kind"),
                                row.getString("owner"),
                                Columns.idOrNull(row, "node", NodeId::new)))
                .list();
    }

    @Override
    public List<Version> ownershipVersions(int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select l.version, l.imported_at, l.imported_by, (
                                    select count(*) from ownership_item i
                                    where i.version = l.version) as items
                                from ownership_list l order by l.version desc limit :limit
                                """)
                        .param("limit", limit)
                        .query((row, _) ->
                                new Version(
                                        row.getLong("version"),
                                        Columns.instant(row, "imported_at"),
                                        new UserId(row.getString("imported_by")),
                                        row.getInt("items")))
                        .list());
    }

    @Override
    public OwnershipList importOwnership(
            List<OwnershipItem> items, UserId by, Instant at, LongFunction<Happening> noted)
            throws RecordUnavailable {
        return database.together(sql -> {
            var key = new GeneratedKeyHolder();
            sql.sql("insert into ownership_list (imported_at, imported_by) values (:at, :by)")
                    .param("at", Columns.time(at))
                    .param("by", by.value())
                    .update(key, "version");
            long version = Objects.requireNonNull(key.getKey()).longValue();
            database.batch(ADD_ITEM, rows(version, items));
            JdbcJournal.append(sql, noted.apply(version));
            return new OwnershipList(version, items);
        });
    }

    private static List<Object[]> rows(long version, List<OwnershipItem> items) {
        var rows = new ArrayList<Object[]>();
        for (var item : items) {
            rows.add(
                    new Object[] {
                        version,
                        item.item(),
                        rows.size(),
                        item.text(),
                        item.keywords(),
                        item.kind(),
                        item.owner(),
                        Columns.textOrNull(item.node())
                    });
        }
        return rows;
    }
}
