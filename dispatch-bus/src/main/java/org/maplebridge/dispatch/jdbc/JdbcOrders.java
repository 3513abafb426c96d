package org.maplebridge.dispatch.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.order.Assignment;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.order.OrderStep;
import org.maplebridge.dispatch.order.StepRecord;
import org.maplebridge.dispatch.store.OrderStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

final class JdbcOrders implements OrderStore {
    private static final List<String> FINAL =
            List.of(OrderStep.REFUSED.name(), OrderStep.DONE.name());

    private final Database database;

    JdbcOrders(Database database) {
        this.database = database;
    }

    @Override
    public Placing place(Order order, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                long number = insert(sql, order);
                JdbcJournal.append(sql, happening);
                return new Placing.Placed(order.numbered(number));
            });
        } catch (DuplicateKeyException taken) {
            return find(order.id())
                    .filter(there -> there.isRepeatedBy(order))
                    .<Placing>map(Placing.Repeated::new)
                    .orElseGet(Placing.Conflict::new);
        }
    }

    @Override
    public boolean save(OrderId order, Assignment next, Happening happening)
            throws RecordUnavailable {
        try {
            return database.together(sql -> {
                boolean ours = update(sql, order, next) == 1;
                if (ours) {
                    insertReports(sql, order, next);
                    JdbcJournal.append(sql, happening);
                }
                return ours;
            });
        } catch (DuplicateKeyException crossed) {
            return false;
        }
    }

    @Override
    public Optional<Order> find(OrderId id) throws RecordUnavailable {
        return database.atOneMoment(
                sql -> OrderRows.orders(sql, List.of(id.value())).stream().findFirst());
    }

    @Override
    public Optional<Assignment> find(OrderId id, UnitId unit) throws RecordUnavailable {
        return database.atOneMoment(sql -> OrderRows.assignment(sql, id, unit));
    }

    @Override
    public List<Order> openFor(UnitId unit) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                OrderRows.orders(
                        sql,
                        sql.sql(
                                        """
                                        select o.id from dispatch_order o
                                        join order_assignment a on a.order_id = o.id
                                        where a.unit_id = :unit and a.step not in (:final)
                                        order by o.order_number
                                        """)
                                .param("unit", unit.value())
                                .param("final", FINAL)
                                .query((row, _) -> row.getString(1))
                                .list()));
    }

    @Override
    public List<Order> placedSince(Instant since, int limit) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                OrderRows.orders(
                        sql,
                        sql.sql(
                                        """
                                        select id from dispatch_order where placed_at >= :since
                                        order by order_number desc limit :limit
                                        """)
                                .param("since", Columns.time(since))
                                .param("limit", limit)
                                .query((row, _) -> row.getString(1))
                                .list()));
    }

    /// Each of the two halves has an index of its own.
    @Override
    public List<Order> changedSince(Instant since, int limit) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                OrderRows.orders(
                        sql,
                        sql.sql(
                                        """
                                        select id from (
                                            select id, placed_at as changed_at
                                            from dispatch_order where placed_at >= :since
                                            union all
                                            select order_id, received_at
                                            from order_report where received_at >= :since
                                        ) changes
                                        group by id
                                        order by max(changed_at) desc, id limit :limit
                                        """)
                                .param("since", Columns.time(since))
                                .param("limit", limit)
                                .query((row, _) -> row.getString(1))
                                .list()));
    }

    @Override
    public List<Order> about(IncidentId incident, int limit) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                OrderRows.orders(
                        sql,
                        sql.sql(
                                        """
                                        select id from dispatch_order where incident_id = :incident
                                        order by order_number desc limit :limit
                                        """)
                                .param("incident", incident.value())
                                .param("limit", limit)
                                .query((row, _) -> row.getString(1))
                                .list()));
    }

    @Override
    public long countUnacknowledged() throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select count(*) from order_assignment where step = :placed")
                        .param("placed", OrderStep.PLACED.name())
                        .query(Long.class)
                        .single());
    }

    private long insert(JdbcClient sql, Order order) {
        var key = new GeneratedKeyHolder();
        sql.sql(
                        """
                        insert into dispatch_order
                            (id, body, severity, placed_by, placed_node, placed_seat, placed_at,
                             group_id, incident_id, burst_id)
                        values (:id, :body, :severity, :by, :node, :seat, :at, :group, :incident,
                             :burst)
                        """)
                .param("id", order.id().value())
                .param("body", order.text())
                .param("severity", order.severity().name())
                .param("by", order.placedBy().user().value())
                .param("node", order.placedBy().node().value())
                .param("seat", Columns.textOrNull(order.placedBy().seat()))
                .param("at", Columns.time(order.placedAt()))
                .param("group", Columns.textOrNull(order.group()))
                .param("incident", Columns.textOrNull(order.incident()))
                .param("burst", Columns.textOrNull(order.burst()))
                .update(key, "order_number");
        insertShares(order);
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    /// An order may go to every terminal of a county.
    private void insertShares(Order order) {
        List<Object[]> shares = new ArrayList<>();
        for (Assignment share : order.assignments()) {
            shares.add(
                    new Object[] {
                        order.id().value(),
                        share.unit().value(),
                        shares.size(),
                        share.step().name(),
                        share.version()
                    });
        }
        database.batch(
                """
                insert into order_assignment (order_id, unit_id, sort_key, step, version)
                values (?, ?, ?, ?, ?)
                """,
                shares);
    }

    private static int update(JdbcClient sql, OrderId order, Assignment next) {
        return sql.sql(
                        """
                        update order_assignment set step = :step, version = version + 1
                        where order_id = :order and unit_id = :unit and version = :version
                        """)
                .param("step", next.step().name())
                .param("order", order.value())
                .param("unit", next.unit().value())
                .param("version", next.version())
                .update();
    }

    /// Adds what the history has and the record has not.
    private static void insertReports(JdbcClient sql, OrderId order, Assignment next) {
        List<String> known =
                sql.sql(
                                """
                                select step from order_report
                                where order_id = :order and unit_id = :unit
                                """)
                        .param("order", order.value())
                        .param("unit", next.unit().value())
                        .query((row, _) -> row.getString(1))
                        .list();
        next.history().stream()
                .filter(report -> report.step() != OrderStep.PLACED)
                .filter(report -> !known.contains(report.step().name()))
                .forEach(report -> insert(sql, order, next.unit(), report));
    }

    private static void insert(JdbcClient sql, OrderId order, UnitId unit, StepRecord report) {
        sql.sql(
                        """
                        insert into order_report
                            (order_id, unit_id, step, happened_at, received_at, reason)
                        values (:order, :unit, :step, :at, :received, :reason)
                        """)
                .param("order", order.value())
                .param("unit", unit.value())
                .param("step", report.step().name())
                .param("at", Columns.time(report.at()))
                .param("received", Columns.time(report.receivedAt()))
                .param("reason", report.reason())
                .update();
    }
}
