package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.order.Assignment;
import org.maplebridge.dispatch.order.Author;
import org.maplebridge.dispatch.order.Destination;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.order.OrderStep;
import org.maplebridge.dispatch.order.StepRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Puts orders together from their rows: three queries, however many orders.
final class OrderRows {
    private OrderRows() {}

    /// In the order of the ids; unknown ids are left out.
    static List<Order> orders(JdbcClient sql, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Instant> placedAt = new HashMap<>();
        sql.sql("select id, placed_at from dispatch_order where id in (:ids)")
                .param("ids", ids)
                .query(row -> {
                    placedAt.put(row.getString("id"), Columns.instant(row, "placed_at"));
                });
        Map<String, List<Assignment>> assignments = assignments(sql, ids, placedAt);
        Map<String, Order> orders = new HashMap<>();
        sql.sql(
                        """
                        select o.*, i.place, i.latitude, i.longitude from dispatch_order o
                        left join incident i on i.id = o.incident_id
                        where o.id in (:ids)
                        """)
                .param("ids", ids)
                .query(row -> {
                    String id = row.getString("id");
                    orders.put(id, order(row, assignments.getOrDefault(id, List.of())));
                });
        return ids.stream().filter(orders::containsKey).map(orders::get).toList();
    }

    static Optional<Assignment> assignment(JdbcClient sql, OrderId id, UnitId unit) {
        List<StepRecord> reports =
                sql.sql("select * from order_report where order_id = :id and unit_id = :unit")
                        .param("id", id.value())
                        .param("unit", unit.value())
                        .query((row, _) -> report(row))
                        .list();
        return sql.sql(
                        """
                        select a.*, o.placed_at from order_assignment a
                        join dispatch_order o on o.id = a.order_id
                        where a.order_id = :id and a.unit_id = :unit
                        """)
                .param("id", id.value())
                .param("unit", unit.value())
                .query((row, _) -> assignment(row, Columns.instant(row, "placed_at"), reports))
                .optional();
    }

    private static Map<String, List<Assignment>> assignments(
            JdbcClient sql, List<String> ids, Map<String, Instant> placedAt) {
        record Share(String order, String unit) {}
        Map<Share, List<StepRecord>> reports = new HashMap<>();
        sql.sql("select * from order_report where order_id in (:ids)")
                .param("ids", ids)
                .query(row -> {
                    var share = new Share(row.getString("order_id"), row.getString("unit_id"));
                    reports.computeIfAbsent(share, _ -> new ArrayList<>()).add(report(row));
                });
        Map<String, List<Assignment>> assignments = new HashMap<>();
        sql.sql("select * from order_assignment where order_id in (:ids) order by sort_key")
                .param("ids", ids)
                .query(row -> {
                    String order = row.getString("order_id");
                    var share = new Share(order, row.getString("unit_id"));
                    Instant placed = placedAt.getOrDefault(order, Instant.EPOCH);
                    assignments
                            .computeIfAbsent(order, _ -> new ArrayList<>())
                            .add(assignment(row, placed, reports.getOrDefault(share, List.of())));
                });
        return assignments;
    }

    private static Order order(ResultSet row, List<Assignment> assignments) throws SQLException {
        return new Order(
                new OrderId(row.getString("id")),
                row.getLong("order_number"),
                row.getString("body"),
                Severity.valueOf(row.getString("severity")),
                new Author(
                        new UserId(row.getString("placed_by")),
                        new NodeId(row.getString("placed_node")),
                        Columns.idOrNull(row, "placed_seat", SeatId::new)),
                Columns.instant(row, "placed_at"),
                Columns.idOrNull(row, "group_id", GroupId::new),
                Columns.idOrNull(row, "incident_id", IncidentId::new),
                destination(row),
                Columns.idOrNull(row, "burst_id", BurstId::new),
                assignments);
    }

    private static @Nullable Destination destination(ResultSet row) throws SQLException {
        @Nullable String place = row.getString("place");
        return place == null ? null : new Destination(place, Columns.pointOrNull(row));
    }

    private static Assignment assignment(ResultSet row, Instant placedAt, List<StepRecord> reports)
            throws SQLException {
        return Assignment.restored(
                new UnitId(row.getString("unit_id")),
                OrderStep.valueOf(row.getString("step")),
                placedAt,
                reports,
                row.getLong("version"));
    }

    private static StepRecord report(ResultSet row) throws SQLException {
        return new StepRecord(
                OrderStep.valueOf(row.getString("step")),
                Columns.instant(row, "happened_at"),
                Columns.instant(row, "received_at"),
                row.getString("reason"));
    }
}
