package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.burst.Burst;
import org.maplebridge.dispatch.burst.BurstEnd;
import org.maplebridge.dispatch.burst.Turn;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Puts bursts into their rows and together again: two queries, however many bursts.
final class BurstRows {
    private BurstRows() {}

    static void insert(JdbcClient sql, Burst burst) {
        var talker = burst.talker();
        var turn = burst.turn();
        Burst.@Nullable Audio audio = burst.audio();
        sql.sql(
                        """
                        insert into burst
                            (id, call_id, sides, talker_session, talker_user, talker_unit, tier,
                             priority, floor_result, requested_at, started_at, ended_at, ended_by,
                             duration_millis, audio, audio_complete, listeners, incident_id, order_id)
                        values (:id, :call, :sides, :session, :user, :unit, :tier,
                             :priority, :result, :requested, :started, :ended, :by,
                             :duration, :audio, :complete, :listeners, :incident, :order)
                        """)
                .param("id", burst.id().value())
                .param("call", burst.call().value())
                .param("sides", text(burst.sides()))
                .param("session", talker.session().value())
                .param("user", talker.user().value())
                .param("unit", Columns.textOrNull(talker.unit()))
                .param("tier", turn.tier().name())
                .param("priority", turn.priority())
                .param("result", turn.result().name())
                .param("requested", Columns.time(turn.requestedAt()))
                .param("started", Columns.time(turn.startedAt()))
                .param("ended", Columns.time(turn.endedAt()))
                .param("by", turn.end().name())
                .param("duration", burst.durationMillis())
                .param("audio", audio == null ? null : audio.file())
                .param("complete", audio != null && audio.complete())
                .param("listeners", text(burst.listeners()))
                .param("incident", Columns.textOrNull(burst.incident()))
                .param("order", Columns.textOrNull(burst.order()))
                .update();
    }

    /// In the order of the ids; unknown ids are left out.
    static List<Burst> bursts(JdbcClient sql, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Set<CallId>> calls = new HashMap<>();
        sql.sql("select burst_id, call_id from burst_call where burst_id in (:ids)")
                .param("ids", ids)
                .query(row -> {
                    calls.computeIfAbsent(row.getString("burst_id"), _ -> new HashSet<>())
                            .add(new CallId(row.getString("call_id")));
                });
        Map<String, Burst> bursts = new HashMap<>();
        sql.sql("select * from burst where id in (:ids)")
                .param("ids", ids)
                .query(row -> {
                    String id = row.getString("id");
                    bursts.put(id, burst(row, calls.getOrDefault(id, Set.of())));
                });
        return ids.stream().filter(bursts::containsKey).map(bursts::get).toList();
    }

    /// How one unit stands in a set of them.
    static String between(String unit) {
        return " " + unit + " ";
    }

    private static String text(Collection<UnitId> units) {
        return units.isEmpty()
                ? ""
                : units.stream()
                        .map(UnitId::value)
                        .sorted()
                        .collect(Collectors.joining(" ", " ", " "));
    }

    private static Set<UnitId> units(String text) {
        return Columns.words(text).stream().map(UnitId::new).collect(Collectors.toSet());
    }

    private static Burst burst(ResultSet row, Set<CallId> calls) throws SQLException {
        @Nullable String audio = row.getString("audio");
        return new Burst(
                new BurstId(row.getString("id")),
                new CallId(row.getString("call_id")),
                calls,
                units(row.getString("sides")),
                new Burst.Talker(
                        new SessionId(row.getString("talker_session")),
                        new UserId(row.getString("talker_user")),
                        Columns.idOrNull(row, "talker_unit", UnitId::new)),
                turn(row),
                row.getLong("duration_millis"),
                audio == null ? null : new Burst.Audio(audio, row.getBoolean("audio_complete")),
                units(row.getString("listeners")),
                Columns.idOrNull(row, "incident_id", IncidentId::new),
                Columns.idOrNull(row, "order_id", OrderId::new));
    }

    private static Turn turn(ResultSet row) throws SQLException {
        return new Turn(
                Severity.valueOf(row.getString("tier")),
                row.getInt("priority"),
                Turn.Result.valueOf(row.getString("floor_result")),
                Columns.instant(row, "requested_at"),
                Columns.instant(row, "started_at"),
                Columns.instant(row, "ended_at"),
                BurstEnd.valueOf(row.getString("ended_by")));
    }
}
