package org.maplebridge.dispatch.jdbc;

import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.BurstQuery;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class JdbcBursts implements BurstStore {
    /// In the place of what is not there, where SQL wants something; no id and no set holds it.
    private static final String NOTHING = "  ";

    private final Database database;

    JdbcBursts(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Burst burst, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                BurstRows.insert(sql, burst);
                insertCalls(burst);
                JdbcJournal.append(sql, happening);
                return true;
            });
        } catch (DuplicateKeyException there) {
            return false;
        }
    }

    @Override
    public Optional<Burst> find(BurstId id) throws RecordUnavailable {
        return database.atOneMoment(
                sql -> BurstRows.bursts(sql, List.of(id.value())).stream().findFirst());
    }

    @Override
    public List<Burst> list(BurstQuery query) throws RecordUnavailable {
        return database.atOneMoment(sql -> BurstRows.bursts(sql, ids(sql, query)));
    }

    private static List<String> ids(JdbcClient sql, BurstQuery query) {
        var reader = query.reader();
        @Nullable String unit = Columns.textOrNull(reader.unit());
        return sql.sql(
                        """
                        select b.id from burst b
                        where b.started_at >= :from and b.started_at < :until
                            and (cast(:talker as varchar) is null or b.talker_unit = :talker)
                            and (cast(:call as varchar) is null or exists (
                                select 1 from burst_call c
                                where c.burst_id = b.id and c.call_id = :call))
                            and (position(:unit in b.listeners) > 0
                                or position(:unit in b.sides) > 0
                                or (:private and b.sides <> '')
                                or exists (
                                    select 1 from burst_call c
                                    where c.burst_id = b.id and c.call_id in (:calls)))
                        order by b.started_at desc, b.id limit :limit
                        """)
                .param("from", Columns.time(query.from()))
                .param("until", Columns.time(query.until()))
                .param("talker", Columns.textOrNull(query.talker()), Types.VARCHAR)
                .param("call", Columns.textOrNull(query.call()), Types.VARCHAR)
                .param("unit", unit == null ? NOTHING : BurstRows.between(unit))
                .param("private", reader.privateCalls())
                .param("calls", texts(reader.calls()))
                .param("limit", query.limit())
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Override
    public List<Burst> missed(UnitId unit, Collection<CallId> calls, Instant since, int limit)
            throws RecordUnavailable {
        return database.atOneMoment(sql ->
                BurstRows.bursts(
                        sql,
                        sql.sql(
                                        """
                                        select b.id from burst b
                                        where b.started_at >= :since and b.duration_millis >= :words
                                            and exists (
                                                select 1 from burst_call c
                                                where c.burst_id = b.id and c.call_id in (:calls))
                                            and position(:among in b.listeners) = 0
                                            and not exists (
                                                select 1 from burst_heard h
                                                where h.unit_id = :unit and h.burst_id = b.id)
                                        order by b.started_at desc, b.id limit :limit
                                        """)
                                .param("since", Columns.time(since))
                                .param("words", Burst.MIN_WORDS_MILLIS)
                                .param("calls", texts(calls))
                                .param("among", BurstRows.between(unit.value()))
                                .param("unit", unit.value())
                                .param("limit", limit)
                                .query((row, _) -> row.getString(1))
                                .list()));
    }

    @Override
    public Set<BurstId> heard(@Nullable UnitId unit, Collection<BurstId> bursts)
            throws RecordUnavailable {
        if (unit == null || bursts.isEmpty()) {
            return Set.of();
        }
        return database.run(sql ->
                new HashSet<>(
                        sql.sql(
                                        """
                                        select b.id from burst b
                                        where b.id in (:bursts) and (
                                            position(:among in b.listeners) > 0
                                            or exists (
                                                select 1 from burst_heard h
                                                where h.unit_id = :unit and h.burst_id = b.id))
                                        """)
                                .param("bursts", texts(bursts))
                                .param("among", BurstRows.between(unit.value()))
                                .param("unit", unit.value())
                                .query((row, _) -> new BurstId(row.getString(1)))
                                .list()));
    }

    @Override
    public void markHeard(UnitId unit, Collection<BurstId> bursts, Instant at)
            throws RecordUnavailable {
        for (var burst : new HashSet<>(bursts)) {
            try {
                database.run(sql ->
                        sql.sql(
                                        """
                                        insert into burst_heard (unit_id, burst_id, marked_at)
                                        select :unit, b.id, :at from burst b
                                        where b.id = :burst and not exists (
                                            select 1 from burst_heard h
                                            where h.unit_id = :unit and h.burst_id = b.id)
                                        """)
                                .param("unit", unit.value())
                                .param("at", Columns.time(at))
                                .param("burst", burst.value())
                                .update());
            } catch (DuplicateKeyException _) {
                // another seat of the unit marked it at the same moment
            }
        }
    }

    @Override
    public int dropBefore(Instant before, int limit) throws RecordUnavailable {
        return database.together(sql -> {
            List<String> old =
                    sql.sql(
                                    """
                                    select id from burst where started_at < :before
                                    order by started_at limit :limit
                                    """)
                            .param("before", Columns.time(before))
                            .param("limit", limit)
                            .query((row, _) -> row.getString(1))
                            .list();
            if (old.isEmpty()) {
                return 0;
            }
            for (var statement :
                    List.of(
                            "delete from burst_heard where burst_id in (:ids)",
                            "delete from burst_call where burst_id in (:ids)",
                            "delete from burst where id in (:ids)")) {
                sql.sql(statement).param("ids", old).update();
            }
            return old.size();
        });
    }

    private void insertCalls(Burst burst) {
        List<Object[]> rows = new ArrayList<>();
        for (CallId call : burst.calls()) {
            rows.add(
                    new Object[] {
                        burst.id().value(), call.value(), Columns.time(burst.turn().startedAt())
                    });
        }
        database.batch(
                "insert into burst_call (burst_id, call_id, started_at) values (?, ?, ?)", rows);
    }

    private static List<String> texts(Collection<?> ids) {
        return ids.isEmpty() ? List.of(NOTHING) : ids.stream().map(Object::toString).toList();
    }
}
