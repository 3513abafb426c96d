package org.maplebridge.dispatch.jdbc.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.message.OutgoingMessage;
import org.maplebridge.dispatch.message.OutgoingMessage.State;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.duty.MessageStore;
import org.springframework.jdbc.core.simple.JdbcClient;

public final class JdbcMessages implements MessageStore {
    /// As many people as report one matter; who comes after finds the result on the page.
    private static final int MOST_PEOPLE = 200;

    /// What a seat wrote into the field for a telephone number may be anything.
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 -]{4,19}");

    private final Database database;

    public JdbcMessages(Database database) {
        this.database = database;
    }

    /// For the store of incidents, within its transaction: one message for each number, if this
    /// change closes the incident. Who has a receipt gets one with it; a part of another incident
    /// is told of when that is closed.
    public static void write(JdbcClient sql, Incident before, Incident next, Instant at) {
        boolean closes = !before.isClosed() && next.isClosed() && next.standing().merged() == null;
        if (!closes) {
            return;
        }
        @Nullable String result = next.standing().result();
        people(sql, next.id())
                .forEach((phone, receipt) ->
                        sql.sql(
                                        """
                                        insert into outgoing_message
                                            (id, incident_id, closure, node, incident_number, phone,
                                             outcome, receipt, created_at, state, attempts, next_try_at)
                                        values (:id, :incident, :closure, :node, :number, :phone,
                                             :outcome, :receipt, :at, 'WAITING', 0, :at)
                                        """)
                                .param("id", UUID.randomUUID().toString())
                                .param("incident", next.id().value())
                                .param("closure", next.version() + 1)
                                .param("node", next.node().value())
                                .param("number", next.number())
                                .param("phone", phone)
                                .param("outcome", result == null ? "" : result)
                                .param("receipt", receipt.isEmpty() ? null : receipt, Types.VARCHAR)
                                .param("at", Columns.time(at))
                                .update());
    }

    /// @return number → receipt, which is empty for who has none
    private static Map<String, String> people(JdbcClient sql, IncidentId id) {
        var people = new LinkedHashMap<String, String>();
        var phones = new ArrayList<@Nullable String>();
        var all = new ArrayList<String>();
        sql.sql(
                        """
                        select id, reporter_phone from incident where id = :id
                        union all
                        select id, reporter_phone from incident where merged_into = :id
                        """)
                .param("id", id.value())
                .query(row -> {
                    all.add(row.getString("id"));
                    phones.add(row.getString("reporter_phone"));
                });
        sql.sql(
                        """
                        select phone, receipt from report
                        where incident_id in (:all) and phone <> ''
                        order by case when receipt is null then 1 else 0 end, received_at, id
                        limit :most
                        """)
                .param("all", all)
                .param("most", MOST_PEOPLE)
                .query(row -> {
                    add(people, row.getString("phone"), row.getString("receipt"));
                });
        phones.forEach(phone -> add(people, phone, null));
        return people;
    }

    private static void add(
            Map<String, String> people, @Nullable String phone, @Nullable String receipt) {
        if (phone != null && PHONE.matcher(phone.strip()).matches()) {
            people.putIfAbsent(phone.strip(), receipt == null ? "" : receipt);
        }
    }

    @Override
    public List<OutgoingMessage> due(Instant now, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from outgoing_message
                                where state = 'WAITING' and next_try_at <= :now
                                order by next_try_at, id limit :limit
                                """)
                        .param("now", Columns.time(now))
                        .param("limit", limit)
                        .query((row, _) -> message(row))
                        .list());
    }

    @Override
    public boolean claim(OutgoingMessage message, Instant again) throws RecordUnavailable {
        return database.together(sql ->
                sql.sql(
                                """
                                update outgoing_message
                                set attempts = attempts + 1, next_try_at = :again
                                where id = :id and state = 'WAITING'
                                    and attempts = :attempts
                                """)
                        .param("again", Columns.time(again))
                        .param("id", message.id())
                        .param("attempts", message.attempts())
                        .update())
                == 1;
    }

    @Override
    public void sent(String id, String text, Instant at) throws RecordUnavailable {
        database.together(sql ->
                sql.sql(
                                """
                                update outgoing_message
                                set state = 'SENT', sent_at = :at, body = :text, failure = null
                                where id = :id and state <> 'SENT'
                                """)
                        .param("at", Columns.time(at))
                        .param("text", text)
                        .param("id", id)
                        .update());
    }

    @Override
    public void failed(String id, String why, @Nullable Instant again) throws RecordUnavailable {
        State state = again == null ? State.FAILED : State.WAITING;
        int most = OutgoingMessage.MAX_FAILURE_CHARS;
        database.together(sql -> {
            var statement =
                    sql.sql(
                            "update outgoing_message set state = :state, failure = :why"
                                    + (again == null ? "" : ", next_try_at = :again")
                                    + " where id = :id and state = 'WAITING'");
            return (again == null ? statement : statement.param("again", Columns.time(again)))
                    .param("state", state.name())
                    .param("why", why.length() <= most ? why : why.substring(0, most))
                    .param("id", id)
                    .update();
        });
    }

    @Override
    public List<OutgoingMessage> list(@Nullable String before, int limit) throws RecordUnavailable {
        var where =
                before == null
                        ? ""
                        : " where sort_key < (select sort_key from outgoing_message where id ="
                                + " :before)";
        return database.run(sql -> {
            var statement =
                    sql.sql(
                                    "select * from outgoing_message"
                                            + where
                                            + " order by sort_key desc limit :limit")
                            .param("limit", limit);
            return (before == null ? statement : statement.param("before", before))
                    .query((row, _) -> message(row))
                    .list();
        });
    }

    private static OutgoingMessage message(ResultSet row) throws SQLException {
        return new OutgoingMessage(
                row.getString("id"),
                new IncidentId(row.getString("incident_id")),
                new NodeId(row.getString("node")),
                row.getString("incident_number"),
                row.getString("phone"),
                row.getString("outcome"),
                row.getString("receipt"),
                Columns.instant(row, "created_at"),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Columns.instant(row, "next_try_at"),
                Columns.instantOrNull(row, "sent_at"),
                row.getString("body"),
                row.getString("failure"));
    }
}
