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
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.BurstQuery;
import org.maplebridge.dispatch.store.BurstStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class JdbcBursts implements BurstStore {
    /// In the place of what is not there, where SQL wants something; no id and no set holds it.
    private static final String NOTHING = "  ";

    /// The rest of a list: the end of its condition, and its order.
    private static final String MAY_BE_READ =
            """
             and (cast(:talker as varchar) is null or b.talker_unit = :talker)
                and (:all
                    or position(:unit in b.listeners) > 0
                    or position(:unit in b.sides) > 0
                    or (:private and b.sides <> '')
                    or exists (
                        select 1 from burst_call r
                        where r.burst_id = b.id and r.call_id in (:calls)))
            order by b.started_at desc, b.id limit :limit
            """;

    private final Database database;

    JdbcBursts(Database database) {
        this.database = database;
    }

    @Override
    public boolean add(Burst burst, Collection<UnitId> missedBy, Happening happening)
            throws RecordUnavailable {
        try {
            return database.together(sql -> {
                BurstRows.insert(sql, burst);
                insertEach("burst_call (call_id, burst_id, started_at)", burst, burst.calls());
                insertEach("burst_missed (unit_id, burst_id, started_at)", burst, missedBy);
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
        @Nullable CallId call = query.call();
        @Nullable String unit = Columns.textOrNull(reader.unit());
        var from =
                call == null
                        ? "burst b where b.started_at >= :from and b.started_at < :until"
                        : """
                        burst_call c join burst b on b.id = c.burst_id
                        where c.call_id = :call
                            and c.started_at >= :from and c.started_at < :until
                        """;
        return sql.sql("select b.id from " + from + MAY_BE_READ)
                .param("from", Columns.time(query.from()))
                .param("until", Columns.time(query.until()))
                .param("call", Columns.textOrNull(call), Types.VARCHAR)
                .param("talker", Columns.textOrNull(query.talker()), Types.VARCHAR)
                .param("all", call != null && reader.calls().contains(call))
                .param("unit", unit == null ? NOTHING : BurstRows.between(unit))
                .param("private", reader.privateCalls())
                .param("calls", texts(reader.calls()))
                .param("limit", query.limit())
                .query((row, _) -> row.getString(1))
                .list();
    }

    @Override
    public List<Burst> about(IncidentId incident, int limit) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                BurstRows.bursts(
                        sql,
                        sql.sql(
                                        """
                                        select id from burst where incident_id = :incident
                                        order by started_at desc, id limit :limit
                                        """)
                                .param("incident", incident.value())
                                .param("limit", limit)
                                .query((row, _) -> row.getString(1))
                                .list()));
    }

    @Override
    public List<Burst> missed(UnitId unit, Collection<CallId> calls, Instant since, int limit)
            throws RecordUnavailable {
        return database.atOneMoment(sql ->
                BurstRows.bursts(
                        sql,
                        sql.sql(
                                        """
                                        select m.burst_id from burst_missed m
                                        where m.unit_id = :unit and m.started_at >= :since
                                            and exists (
                                                select 1 from burst_call c
                                                where c.burst_id = m.burst_id
                                                    and c.call_id in (:calls))
                                        order by m.started_at desc, m.burst_id limit :limit
                                        """)
                                .param("since", Columns.time(since))
                                .param("calls", texts(calls))
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
                database.together(sql -> {
                    insertMark(sql, unit, burst, at);
                    return sql.sql(
                                    """
                                    delete from burst_missed
                                    where unit_id = :unit and burst_id = :burst
                                    """)
                            .param("unit", unit.value())
                            .param("burst", burst.value())
                            .update();
                });
            } catch (DuplicateKeyException _) {
                // another seat of the unit marked it at the same moment
            }
        }
    }

    private static void insertMark(JdbcClient sql, UnitId unit, BurstId burst, Instant at) {
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
                .update();
    }

    @Override
    public void forgetMissed(Instant before) throws RecordUnavailable {
        database.run(sql ->
                sql.sql("delete from burst_missed where started_at < :before")
                        .param("before", Columns.time(before))
                        .update());
    }

    @Override
    public int dropBefore(Instant before, int limit) throws RecordUnavailable {
        return database.together(sql -> {
            List<String> old =
                    sql.sql(
                                    """
                                    select id from burst where started_at < :before
                                        and (incident_id is null or incident_id not in
                                            (select incident_id from incident_hold))
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
                            "delete from burst_missed where burst_id in (:ids)",
                            "delete from burst_call where burst_id in (:ids)",
                            "delete from burst where id in (:ids)")) {
                sql.sql(statement).param("ids", old).update();
            }
            return old.size();
        });
    }

    private void insertEach(String columns, Burst burst, Collection<?> ids) {
        List<Object[]> rows = new ArrayList<>();
        var at = Columns.time(burst.turn().startedAt());
        for (var id : ids) {
            rows.add(new Object[] {id.toString(), burst.id().value(), at});
        }
        if (!rows.isEmpty()) {
            database.batch("insert into " + columns + " values (?, ?, ?)", rows);
        }
    }

    private static List<String> texts(Collection<?> ids) {
        return ids.isEmpty() ? List.of(NOTHING) : ids.stream().map(Object::toString).toList();
    }
}
