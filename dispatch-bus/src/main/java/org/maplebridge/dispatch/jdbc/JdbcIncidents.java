package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.jdbc.figures.JdbcMessages;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.IncidentQuery;
import org.maplebridge.dispatch.store.IncidentStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class JdbcIncidents implements IncidentStore {
    /// What a part of an incident's number may be.
    private static final Pattern NUMBER = Pattern.compile("[0-9-]+");

    private final Database database;

    JdbcIncidents(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Incident> open(Dossier dossier, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                Incident opened = IncidentRows.insert(sql, dossier);
                JdbcJournal.append(sql, happening);
                return Optional.of(opened);
            });
        } catch (DuplicateKeyException taken) {
            return Optional.empty();
        }
    }

    @Override
    public Change open(Dossier dossier, Wish wish, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                fulfil(sql, wish, dossier.incident().id(), 0);
                Incident opened = IncidentRows.insert(sql, dossier);
                JdbcJournal.append(sql, happening);
                return new Change.Kept(opened);
            });
        } catch (DuplicateKeyException taken) {
            return repeated(wish, taken);
        }
    }

    @Override
    public Change save(Dossier before, Dossier next, Wish wish, Happening happening)
            throws RecordUnavailable {
        var id = next.incident().id();
        try {
            return database.together(sql -> {
                if (!IncidentRows.update(sql, next.incident())) {
                    return fulfilled(sql, wish.clientId())
                            .<Change>map(Change.Repeated::new)
                            .orElseGet(() -> new Change.Overtaken(latest(sql, id).orElse(null)));
                }
                fulfil(sql, wish, id, next.incident().version() + 1);
                IncidentRows.write(sql, id, before.ledger(), next.ledger());
                JdbcJournal.append(sql, happening);
                JdbcMessages.write(sql, before.incident(), next.incident(), wish.at());
                return new Change.Kept(one(sql, id).orElseThrow());
            });
        } catch (DuplicateKeyException taken) {
            return repeated(wish, taken);
        }
    }

    private Change repeated(Wish wish, DuplicateKeyException taken) throws RecordUnavailable {
        return fulfilled(wish.clientId())
                .<Change>map(Change.Repeated::new)
                .orElseThrow(() -> taken); // an id of ours was given twice
    }

    @Override
    public Optional<Fulfilled> fulfilled(String clientId) throws RecordUnavailable {
        return database.run(sql -> fulfilled(sql, clientId));
    }

    @Override
    public Optional<Fulfilled> latest(IncidentId id) throws RecordUnavailable {
        return database.run(sql -> latest(sql, id));
    }

    /// Each of the two halves has an index of its own.
    @Override
    public List<IncidentId> changedSince(Instant since, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select distinct id from (
                                    select id from incident where opened_at >= :since
                                    union all
                                    select incident_id from incident_action
                                    where done_at >= :since
                                ) changed
                                order by id limit :limit
                                """)
                        .param("since", Columns.time(since))
                        .param("limit", limit)
                        .query((row, _) -> new IncidentId(row.getString(1)))
                        .list());
    }

    @Override
    public List<IncidentId> overdue(Instant now, String escalation, int limit)
            throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select i.id from incident i
                                where i.due_at < :now and i.closed_at is null
                                    and i.severity <> 'RED' and not exists (
                                        select 1 from incident_action a
                                        where a.incident_id = i.id and a.what = :escalation
                                            and a.done_at >= i.due_at)
                                order by i.due_at, i.id limit :limit
                                """)
                        .param("now", Columns.time(now))
                        .param("escalation", escalation)
                        .param("limit", limit)
                        .query((row, _) -> new IncidentId(row.getString(1)))
                        .list());
    }

    @Override
    public Optional<Incident> find(IncidentId id) throws RecordUnavailable {
        return database.run(sql -> one(sql, id));
    }

    @Override
    public Optional<Dossier> dossier(IncidentId id) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                one(sql, id).map(incident -> new Dossier(incident, IncidentRows.ledger(sql, id))));
    }

    @Override
    public List<Dossier.Line> list(IncidentQuery query) throws RecordUnavailable {
        if (query.rooms() != null && query.rooms().isEmpty()) {
            return List.of();
        }
        return database.run(sql -> lines(sql, asked(sql, query)));
    }

    @Override
    public Optional<Dossier.Line> line(IncidentId id) throws RecordUnavailable {
        return database.run(
                sql -> one(sql, id).flatMap(one -> lines(sql, List.of(one)).stream().findFirst()));
    }

    @Override
    public List<Incident> mergedInto(IncidentId id, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from incident where merged_into = :id
                                order by opened_at, id limit :limit
                                """)
                        .param("id", id.value())
                        .param("limit", limit)
                        .query((row, _) -> IncidentRows.incident(row))
                        .list());
    }

    private static Optional<Incident> one(JdbcClient sql, IncidentId id) {
        return sql.sql("select * from incident where id = :id")
                .param("id", id.value())
                .query((row, _) -> IncidentRows.incident(row))
                .optional();
    }

    /// Which ones is answered from an index alone; whole ones are read of those that are shown.
    private static List<Incident> asked(JdbcClient sql, IncidentQuery query) {
        var where = new ArrayList<String>();
        Map<String, Object> values = new HashMap<>();
        if (query.before() != null && !isPast(sql, query.before(), where, values)) {
            return List.of();
        }
        conditions(query, where, values);
        List<String> ids =
                sql.sql(
                                "select i.id from incident i where "
                                        + String.join(" and ", where)
                                        + " order by i.opened_at desc, i.id limit :limit")
                        .params(values)
                        .param("limit", query.limit())
                        .query((row, _) -> row.getString(1))
                        .list();
        if (ids.isEmpty()) {
            return List.of();
        }
        return sql.sql(
                        """
                        select * from incident where id in (:ids) order by opened_at desc, id
                        """)
                .param("ids", ids)
                .query((row, _) -> IncidentRows.incident(row))
                .list();
    }

    /// Where a page ended is asked first: a database would else ask it of every incident.
    ///
    /// @return whether there is such an incident
    private static boolean isPast(
            JdbcClient sql, IncidentId last, List<String> where, Map<String, Object> values) {
        Optional<Incident> before = one(sql, last);
        before.ifPresent(incident -> {
            where.add("i.opened_at <= :at and (i.opened_at < :at or i.id > :before)");
            values.put("at", Columns.time(incident.openedAt()));
            values.put("before", last.value());
        });
        return before.isPresent();
    }

    /// Only what is asked for stands in the statement, so that the database sees which index fits.
    /// No id is empty: what is said of empty ones keeps H2 from going by parts or by rooms, of
    /// which nearly all or very many rows would have to be read and sorted.
    private static void conditions(
            IncidentQuery query, List<String> where, Map<String, Object> values) {
        where.add("(i.merged_into is null or i.merged_into = '')");
        switch (query.ended()) {
            case OPEN -> where.add("i.closed_at is null");
            case CLOSED -> where.add("i.closed_at is not null");
            case ALL -> {}
        }
        if (!query.severities().isEmpty()) {
            where.add("i.severity in (:severities)");
            values.put("severities", query.severities().stream().map(Enum::name).toList());
        }
        if (!query.text().isEmpty()) {
            where.add(holds(query.text()));
            values.put("text", "%" + literal(query.text().toLowerCase(Locale.ROOT)) + "%");
        }
        if (query.rooms() != null) {
            where.add(
                    "(i.id = '' or i.id in (select r.incident_id from incident_room r"
                            + " where r.node in (:rooms)))");
            values.put("rooms", query.rooms().stream().map(NodeId::value).toList());
        }
    }

    /// Every title may have to be looked through: not for a number in words that are none, and
    /// letter by letter only for words that have capitals.
    private static String holds(String text) {
        boolean cased = !text.toLowerCase(Locale.ROOT).equals(text.toUpperCase(Locale.ROOT));
        var fields =
                cased
                        ? "(lower(i.title) like :text or lower(i.place) like :text"
                        : "(i.title like :text or i.place like :text";
        return fields
                + (NUMBER.matcher(text).matches() ? " or i.incident_number like :text)" : ")");
    }

    /// What a pattern would take for more than itself.
    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static List<Dossier.Line> lines(JdbcClient sql, List<Incident> incidents) {
        if (incidents.isEmpty()) {
            return List.of();
        }
        var ids = incidents.stream().map(incident -> incident.id().value()).toList();
        Map<String, List<Room>> rooms = new HashMap<>();
        sql.sql(
                        """
                        select * from incident_room where incident_id in (:ids)
                        order by incident_id, place_no
                        """)
                .param("ids", ids)
                .query(row -> {
                    rooms.computeIfAbsent(row.getString("incident_id"), _ -> new ArrayList<>())
                            .add(IncidentRows.room(row));
                });
        Map<String, Integer> merged = new HashMap<>();
        sql.sql(
                        """
                        select merged_into, count(*) as parts from incident
                        where merged_into in (:ids) group by merged_into
                        """)
                .param("ids", ids)
                .query(row -> {
                    merged.put(row.getString("merged_into"), row.getInt("parts"));
                });
        Map<String, Integer> reports = JdbcReports.counted(sql, ids);
        return incidents.stream()
                .map(one ->
                        new Dossier.Line(
                                one,
                                rooms.getOrDefault(one.id().value(), List.of()),
                                merged.getOrDefault(one.id().value(), 0)
                                        + one.origin()
                                                .added(reports.getOrDefault(one.id().value(), 0))))
                .toList();
    }

    private static void fulfil(JdbcClient sql, Wish wish, IncidentId id, long version) {
        sql.sql(
                        """
                        insert into incident_action
                            (client_id, incident_id, version, what, actor, seat, done_at)
                        values (:client, :incident, :version, :what, :actor, :seat, :at)
                        """)
                .param("client", wish.clientId())
                .param("incident", id.value())
                .param("version", version)
                .param("what", wish.what())
                .param("actor", wish.actor().value())
                .param("seat", Columns.textOrNull(wish.seat()), Types.VARCHAR)
                .param("at", Columns.time(wish.at()))
                .update();
    }

    private static Optional<Fulfilled> fulfilled(JdbcClient sql, String clientId) {
        return sql.sql("select * from incident_action where client_id = :id")
                .param("id", clientId)
                .query((row, _) -> fulfilled(row))
                .optional();
    }

    private static Optional<Fulfilled> latest(JdbcClient sql, IncidentId id) {
        return sql.sql(
                        """
                        select * from incident_action where incident_id = :id
                        order by version desc limit 1
                        """)
                .param("id", id.value())
                .query((row, _) -> fulfilled(row))
                .optional();
    }

    private static Fulfilled fulfilled(ResultSet row) throws SQLException {
        @Nullable SeatId seat = Columns.idOrNull(row, "seat", SeatId::new);
        return new Fulfilled(
                new Wish(
                        row.getString("client_id"),
                        row.getString("what"),
                        new UserId(row.getString("actor")),
                        seat,
                        Columns.instant(row, "done_at")),
                new IncidentId(row.getString("incident_id")));
    }
}
