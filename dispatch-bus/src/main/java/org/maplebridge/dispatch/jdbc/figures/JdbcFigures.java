package org.maplebridge.dispatch.jdbc.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.figures.Facts;
import org.maplebridge.dispatch.figures.Facts.Common;
import org.maplebridge.dispatch.figures.Measure;
import org.maplebridge.dispatch.figures.Span;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.FigureStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// Each statement reads one index of what lies within the span, and hands back a row for each
/// combination of room, kind, source and severity. No id is empty: what is said of empty ones keeps
/// H2 from going by parts, which nearly no incident is.
public final class JdbcFigures implements FigureStore {
    private static final String COMMON =
            "i.node, coalesce(i.kind, '') as matter, i.source, i.severity";
    private static final String BY = " group by i.node, coalesce(i.kind, ''), i.source, i.severity";

    private static final String RECEIVED =
            """
            select %s, count(case when i.merged_into is null then 1 end) as received,
                count(case when i.merged_into is null and i.closed_at is not null then 1 end)
                    as received_closed,
                count(i.merged_into) as parts
            from incident i where i.opened_at >= :from and i.opened_at < :until
            """;

    private static final String OPEN =
            """
            select %s, count(*) as still_open,
                count(case when i.due_at < :now then 1 end) as overdue
            from incident i where i.closed_at is null
            """;

    /// The seconds are whole before they are divided, in both databases.
    private static final String HANDLED =
            """
            select i.node, i.matter, i.source, i.severity, i.seconds / 60 as minutes,
                count(*) as so_many, sum(i.seconds) as together
            from (
                select node, coalesce(kind, '') as matter, source, severity,
                    cast(floor(extract(epoch from closed_at) - extract(epoch from opened_at))
                        as bigint) as seconds
                from incident
                where closed_at >= :from and closed_at < :until
                    and (merged_into is null or merged_into = '')
            ) i
            """;

    /// Joined row by row: H2 would count a derived table anew for each incident.
    private static final String LIMITS =
            """
            select %s, count(*) as limits,
                count(case when v.left_at <= v.due_at then 1 end) as limits_kept,
                count(case when v.place_no = 0 then 1 end) as first_limits,
                count(case when v.place_no = 0 and v.left_at <= v.due_at then 1 end) as first_kept
            from incident_visit v join incident i on i.id = v.incident_id
            where v.due_at >= :from and v.due_at < :until
                and (v.left_at is not null or v.due_at < :now)
                and (i.merged_into is null or i.merged_into = '')
            """;

    private static final String RATED =
            """
            select %s, count(*) as rated, count(case when r.stars >= 4 then 1 end) as satisfied,
                sum(r.stars) as stars
            from report r join incident i on i.id = r.incident_id
            where r.rated_at >= :from and r.rated_at < :until
            """;

    /// The report that opens an incident was received when that was opened.
    private static final String REPORTS =
            """
            select %s, count(*) as reports,
                count(case when r.received_at > i.opened_at then 1 end) as reports_added,
                count(case when r.source = 'DEVICE' then 1 end) as alarms,
                count(case when r.source = 'DEVICE' and r.received_at > i.opened_at then 1 end)
                    as alarms_added
            from report r join incident i on i.id = r.incident_id
            where r.received_at >= :from and r.received_at < :until
            """;

    private static final String ORDERED =
            """
            select o.placed_node, o.placed_seat, count(*) as shares,
                count(case when a.step = 'DONE' then 1 end) as done
            from dispatch_order o join order_assignment a on a.order_id = o.id
            where o.placed_at >= :from and o.placed_at < :until
            group by o.placed_node, o.placed_seat
            """;

    private static final String ACTED =
            """
            select seat, what, count(*) as so_many from incident_action
            where done_at >= :from and done_at < :until and seat is not null %s
            group by seat, what
            """;

    private final Database database;

    public JdbcFigures(Database database) {
        this.database = database;
    }

    @Override
    public Facts count(Span span, Instant now, @Nullable Of of) throws RecordUnavailable {
        if (of != null && of.rooms().isEmpty()) {
            return new Facts(List.of(), List.of(), List.of(), List.of());
        }
        return database.atOneMoment(sql -> new Count(sql, span, now, of).facts());
    }

    /// One answer. The measures of a statement are its columns.
    private record Count(JdbcClient sql, Span span, Instant now, @Nullable Of of) {
        Facts facts() {
            var amounts = new ArrayList<Facts.Amount>();
            count(amounts, RECEIVED, Measure.RECEIVED, Measure.RECEIVED_CLOSED, Measure.PARTS);
            count(amounts, OPEN, Map.of(Measure.OPEN, "still_open", Measure.OVERDUE, "overdue"));
            count(
                    amounts,
                    LIMITS,
                    Measure.LIMITS,
                    Measure.LIMITS_KEPT,
                    Measure.FIRST_LIMITS,
                    Measure.FIRST_KEPT);
            count(amounts, RATED, Measure.RATED, Measure.SATISFIED, Measure.STARS);
            count(
                    amounts,
                    REPORTS,
                    Measure.REPORTS,
                    Measure.REPORTS_ADDED,
                    Measure.ALARMS,
                    Measure.ALARMS_ADDED);
            return new Facts(amounts, handled(), ordered(), acted());
        }

        private void count(List<Facts.Amount> amounts, String statement, Measure... measures) {
            var columns = new EnumMap<Measure, String>(Measure.class);
            for (var measure : measures) {
                columns.put(measure, measure.name());
            }
            count(amounts, statement, columns);
        }

        private void count(
                List<Facts.Amount> amounts, String statement, Map<Measure, String> columns) {
            asked(statement.formatted(COMMON) + BY + ofRooms("i.node"))
                    .query(row -> {
                        var common = common(row);
                        for (var column : columns.entrySet()) {
                            long count = row.getLong(column.getValue());
                            if (count != 0) {
                                amounts.add(new Facts.Amount(common, column.getKey(), count));
                            }
                        }
                    });
        }

        private List<Facts.Handled> handled() {
            return asked(
                            HANDLED
                                    + " group by i.node, i.matter, i.source, i.severity, i.seconds / 60"
                                    + ofRooms("i.node"))
                    .query((row, _) ->
                            new Facts.Handled(
                                    common(row),
                                    row.getLong("minutes"),
                                    row.getLong("so_many"),
                                    row.getLong("together")))
                    .list();
        }

        private List<Facts.Ordered> ordered() {
            return asked(ORDERED + ofRooms("o.placed_node"))
                    .query((row, _) -> {
                        @Nullable String seat = row.getString("placed_seat");
                        return new Facts.Ordered(
                                new NodeId(row.getString("placed_node")),
                                seat == null ? null : new SeatId(seat),
                                row.getLong("shares"),
                                row.getLong("done"));
                    })
                    .list();
        }

        private List<Facts.Acted> acted() {
            if (of != null && of.seats().isEmpty()) {
                return List.of();
            }
            return asked(ACTED.formatted(of == null ? "" : "and seat in (:seats)"))
                    .query((row, _) ->
                            new Facts.Acted(
                                    new SeatId(row.getString("seat")),
                                    row.getString("what"),
                                    row.getLong("so_many")))
                    .list();
        }

        /// Asked of what is counted already: H2 would else read all that a room ever had, and not
        /// what lies within the span.
        private String ofRooms(String column) {
            return of == null ? "" : " having " + column + " in (:rooms)";
        }

        /// A name that a statement has no use for is no fault.
        private StatementSpec asked(String statement) {
            var asked =
                    sql.sql(statement)
                            .param("from", Columns.time(span.from()))
                            .param("until", Columns.time(span.until()))
                            .param("now", Columns.time(now));
            return of == null
                    ? asked
                    : asked.param("rooms", of.rooms().stream().map(NodeId::value).toList())
                            .param("seats", of.seats().stream().map(SeatId::value).toList());
        }

        private static Common common(ResultSet row) throws SQLException {
            return new Common(
                    new NodeId(row.getString("node")),
                    row.getString("matter"),
                    Source.valueOf(row.getString("source")),
                    Severity.valueOf(row.getString("severity")));
        }
    }
}
