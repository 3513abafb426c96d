package org.maplebridge.load.incidents;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Writes years of a county's incidents into an empty record, far faster than a node would: the
/// incidents row by row, what hangs on them by the database itself.
///
/// Every incident has its rooms, steps with time limits, of which one in five is not kept, actions,
/// an order with its report, journal entries, and every other one a report. The journal is as if
/// some hundred incidents were worked on at a time.
///
/// Thread: the scenario's.
final class BulkRecord {
    /// Opened in this time before now.
    static final Duration SPAN = Duration.ofDays(730);

    /// Below are the demo county's own.
    private static final int FIRST = 1_001;

    private static final int ROWS_A_BATCH = 1_000;
    private static final int ROWS_A_STATEMENT = 100_000;

    /// Incidents that are worked on at the same time.
    private static final int AT_ONCE = 200;

    private static final List<String> MATTERS =
            List.of(
                    "夜间施工噪声扰民",
                    "路灯连续三夜不亮",
                    "河道垃圾堆积",
                    "电动车堵塞消防通道",
                    "流动摊贩占道经营",
                    "房屋租赁押金纠纷",
                    "工人讨薪",
                    "窨井盖破损",
                    "邻里宅基地边界争议",
                    "餐饮油烟扰民",
                    "烟感报警",
                    "车辆剐蹭引发纠纷",
                    "危旧房裂缝扩大",
                    "老小区电梯困人",
                    "占道堆放建材",
                    "走失老人求助");

    private static final List<String> VILLAGES =
            List.of("长屿村", "塘下村", "牧屿村", "水仓小区", "潘郎村", "沙岸村", "里箬村", "锦园小区");

    /// What a page looks for: found everywhere, somewhere, once, and nowhere.
    static final List<String> WORDS = List.of("噪声", "电梯", "潘郎村", "第4321号", "不存在的字句");

    private final Connection connection;
    private final List<String> rooms;
    private final int incidents;
    private final int entries;
    private final SplittableRandom random;
    private final Instant now = Instant.now();

    /// @param rooms nodes whose incidents they are
    BulkRecord(Connection connection, List<String> rooms, int incidents, int entries, long seed) {
        this.connection = connection;
        this.rooms = List.copyOf(rooms);
        this.incidents = incidents;
        this.entries = entries;
        random = new SplittableRandom(seed);
    }

    static String id(int number) {
        return "bulk-%06d".formatted(number);
    }

    void write() throws SQLException {
        connection.setAutoCommit(false);
        writeIncidents();
        hangOn();
        writeJournal();
        run("alter table incident alter column serial restart with " + (FIRST + incidents));
        run("alter table journal_entry alter column sequence restart with " + (FIRST + entries));
        run(
                "alter table dispatch_order alter column order_number restart with "
                        + (FIRST + incidents));
        connection.commit();
        connection.setAutoCommit(true);
        run("analyze");
    }

    private void writeIncidents() throws SQLException {
        var statement =
                """
                insert into incident (id, incident_number, serial, title, severity, state, node,
                    place, latitude, longitude, opened_at, closed_at, source, kind, body, loop_id,
                    step, due_at, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'HOTLINE_12345', 'noise', ?,
                    'seven-steps', ?, ?, 6)
                """;
        try (var insert = connection.prepareStatement(statement)) {
            for (int i = 0; i < incidents; i++) {
                fill(insert, i);
                insert.addBatch();
                if ((i + 1) % ROWS_A_BATCH == 0 || i + 1 == incidents) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    /// One in fifty is open, and of the last two days every other one; a third of those is late.
    private void fill(PreparedStatement insert, int number) throws SQLException {
        var village = VILLAGES.get(random.nextInt(VILLAGES.size()));
        var place = village + "第" + random.nextInt(10_000) + "号";
        var opened = now.minus(SPAN.multipliedBy(incidents - number).dividedBy(incidents));
        boolean recent = opened.isAfter(now.minus(Duration.ofDays(2)));
        boolean open = random.nextInt(recent ? 2 : 50) == 0;
        var due = opened.plus(Duration.ofDays(open && random.nextInt(3) > 0 ? 800 : 2));
        int kind = random.nextInt(20);
        insert.setString(1, id(number));
        insert.setString(
                2, "%d-%06d".formatted(opened.atOffset(ZoneOffset.UTC).getYear(), FIRST + number));
        insert.setInt(3, FIRST + number);
        insert.setString(4, village + MATTERS.get(random.nextInt(MATTERS.size())));
        insert.setString(5, kind == 0 ? "RED" : kind < 6 ? "ORANGE" : "YELLOW");
        insert.setString(6, open ? "HANDLING" : "CLOSED");
        insert.setString(7, rooms.get(number % rooms.size()));
        insert.setString(8, place);
        insert.setDouble(9, 28.3 + random.nextDouble() / 5);
        insert.setDouble(10, 121.3 + random.nextDouble() / 5);
        insert.setObject(11, opened.atOffset(ZoneOffset.UTC));
        insert.setObject(
                12, open ? null : opened.plus(Duration.ofHours(40)).atOffset(ZoneOffset.UTC));
        insert.setString(13, "来电人反映" + place + "的情况已有多日,希望尽快处理并回复。".repeat(2));
        insert.setString(14, open ? "handling" : "closed");
        insert.setObject(15, due.atOffset(ZoneOffset.UTC));
    }

    private void hangOn() throws SQLException {
        run(
                """
                insert into incident_room (incident_id, place_no, node, room_role, state, offered_at,
                    answered_at)
                select id, 0, node, 'OWNER', 'ACCEPTED', opened_at, opened_at from incident
                where id like 'bulk-%'
                """);
        for (int step = 0; step < 4; step++) {
            var name = List.of("received", "transferred", "handling", "feedback").get(step);
            run(
                    """
                    insert into incident_visit (incident_id, place_no, step, entered_at, left_at,
                        due_at)
                    select id, %d, '%s', opened_at,
                        case when closed_at is not null or %b
                            then opened_at + interval '10' hour * mod(serial, 5) end,
                        opened_at + interval '36' hour
                    from incident where id like 'bulk-%%'
                    """
                            .formatted(step, name, step < 3));
        }
        for (var what : List.of("ACCEPT", "ADVANCE", "ESCALATE")) {
            run(
                    "insert into incident_action (client_id, incident_id, version, what, actor,"
                            + " done_at) select '"
                            + what
                            + "-' || id, id, 1, '"
                            + what
                            + "', 'clock',"
                            + " due_at from incident where id like 'bulk-%'");
        }
        run(
                """
                insert into report (id, source, external_id, incident_id, fingerprint, title, body,
                    matter_kind, severity, node, place, reporter, phone, occurred_at, received_at)
                select 'report-' || id, source, id, id, id, title, body, 'noise', severity, node, place,
                    '', '', opened_at, opened_at
                from incident where id like 'bulk-%' and mod(serial, 2) = 0
                """);
        run(
                """
                insert into dispatch_order (id, order_number, body, severity, placed_by, placed_node,
                    placed_at, incident_id)
                select 'order-' || id, serial, title, severity, 'city', 'city', opened_at, id
                from incident where id like 'bulk-%'
                """);
        run(
                """
                    insert into order_assignment (order_id, unit_id, sort_key, step, version)
                    select id, 'unit-' || mod(order_number, 500), 0, 'DONE', 2 from dispatch_order
                where id like 'order-bulk-%'
                """);
        run(
                """
                    insert into order_report (order_id, unit_id, step, happened_at, received_at)
                    select id, 'unit-' || mod(order_number, 500), 'DONE', placed_at, placed_at
                from dispatch_order
                    where id like 'order-bulk-%'
                """);
    }

    private void writeJournal() throws SQLException {
        int of = Math.max(1, entries / incidents);
        var about =
                "cast(x / %d as integer) * %d + mod(x, %d)"
                        .formatted(AT_ONCE * of, AT_ONCE, AT_ONCE);
        var start = now.minus(SPAN);
        double seconds = (double) SPAN.toSeconds() / entries;
        for (int from = 0; from < entries; from += ROWS_A_STATEMENT) {
            var range = " from " + series(from, Math.min(entries, from + ROWS_A_STATEMENT) - 1);
            run(
                    "insert into journal_entry (sequence, happened_at, kind, actor, seat, detail)"
                            + " select "
                            + FIRST
                            + " + x, cast('"
                            + start
                            + "' as timestamp with time zone)"
                            + " + cast(x * "
                            + seconds
                            + " as integer) * interval '1' second,"
                            + " 'INCIDENT_CHANGED', 'city', 'city-seat',"
                            + " 'action=NOTE"
                            + "\n"
                            + "note=已联系来电人,现场正在处理"
                            + "\n"
                            + "state=HANDLING"
                            + "\n"
                            + "step=handling"
                            + "\n"
                            + "'"
                            + range);
            run(
                    "insert into journal_subject (kind, id, sequence) select 'INCIDENT', 'bulk-' ||"
                            + " lpad(cast("
                            + about
                            + " as varchar), 6, '0'), "
                            + FIRST
                            + " + x"
                            + range);
            run(
                    "insert into journal_subject (kind, id, sequence) select 'NODE', "
                            + room(about)
                            + ", "
                            + FIRST
                            + " + x"
                            + range);
            connection.commit();
        }
    }

    private String series(int from, int to) throws SQLException {
        boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        return (postgres ? "generate_series(%d, %d) as s(x)" : "system_range(%d, %d) as s(x)")
                .formatted(from, to);
    }

    private String room(String number) {
        return "case mod("
                + number
                + ", "
                + rooms.size()
                + ") "
                + rooms.stream()
                        .map(room -> "when " + rooms.indexOf(room) + " then '" + room + "'")
                        .collect(Collectors.joining(" "))
                + " end";
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
