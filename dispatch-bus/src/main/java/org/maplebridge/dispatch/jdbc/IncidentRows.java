package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger;
import org.maplebridge.dispatch.incident.Ledger.Contact;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Ledger.Visit;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Standing;
import org.maplebridge.dispatch.jdbc.evidence.JdbcEvidence;
import org.maplebridge.dispatch.jdbc.meeting.MeetingRows;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UserId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/// An incident and its ledger as rows, for stores that write something beside them in the same
/// transaction.
final class IncidentRows {
    private static final Ledger NOTHING =
            new Ledger(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of());

    private IncidentRows() {}

    /// @return with its number
    static Incident insert(JdbcClient sql, Dossier dossier) {
        var incident = dossier.incident();
        var key = new GeneratedKeyHolder();
        fields(
                        sql.sql(
                                """
                                insert into incident
                                    (id, title, severity, state, node, place, latitude, longitude,
                                     opened_at, closed_at, source, kind, body, reporter_name,
                                     reporter_phone, reported_by, loop_id, step, due_at,
                                     reopened_at, merged_into, outcome, version)
                                values (:id, :title, :severity, :state, :node, :place, :latitude,
                                     :longitude, :opened, :closed, :source, :kind, :body, :name,
                                     :phone, :by, :loop, :step, :due, :reopened, :merged,
                                     :outcome, :version)
                                """),
                        incident)
                .param("opened", Columns.time(incident.openedAt()))
                .update(key, "serial");
        Incident numbered = incident.numbered(Objects.requireNonNull(key.getKey()).longValue());
        sql.sql("update incident set incident_number = :number where id = :id")
                .param("number", numbered.number())
                .param("id", numbered.id().value())
                .update();
        write(sql, incident.id(), NOTHING, dossier.ledger());
        return numbered;
    }

    /// @return whether it had this version
    static boolean update(JdbcClient sql, Incident incident) {
        return fields(
                                sql.sql(
                                        """
                                        update incident set
                                            title = :title, severity = :severity, state = :state,
                                            node = :node, place = :place, latitude = :latitude,
                                            longitude = :longitude, closed_at = :closed,
                                            source = :source, kind = :kind, body = :body,
                                            reporter_name = :name, reporter_phone = :phone,
                                            reported_by = :by, loop_id = :loop, step = :step,
                                            due_at = :due, reopened_at = :reopened,
                                            merged_into = :merged, outcome = :outcome,
                                            version = version + 1
                                        where id = :id and version = :version
                                        """),
                                incident)
                        .update()
                == 1;
    }

    private static StatementSpec fields(StatementSpec statement, Incident incident) {
        @Nullable GeoPoint point = incident.point();
        Origin origin = incident.origin();
        Origin.@Nullable Reporter reporter = origin.reporter();
        Standing standing = incident.standing();
        return statement
                .param("id", incident.id().value())
                .param("title", incident.title())
                .param("severity", incident.severity().name())
                .param("state", incident.state().name())
                .param("node", incident.node().value())
                .param("place", incident.place())
                .param("latitude", point == null ? null : point.latitude(), Types.DOUBLE)
                .param("longitude", point == null ? null : point.longitude(), Types.DOUBLE)
                .param("closed", time(incident.closedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("source", origin.source().name())
                .param("kind", origin.kind(), Types.VARCHAR)
                .param("body", origin.text())
                .param("name", reporter == null ? null : reporter.name(), Types.VARCHAR)
                .param("phone", reporter == null ? null : reporter.phone(), Types.VARCHAR)
                .param("by", Columns.textOrNull(origin.by()), Types.VARCHAR)
                .param("loop", standing.loop())
                .param("step", standing.step())
                .param("due", time(standing.due()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reopened", time(standing.reopenedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("merged", Columns.textOrNull(standing.merged()), Types.VARCHAR)
                .param("outcome", standing.result(), Types.VARCHAR)
                .param("version", incident.version());
    }

    static Incident incident(ResultSet row) throws SQLException {
        double latitude = row.getDouble("latitude");
        boolean nowhere = row.wasNull();
        double longitude = row.getDouble("longitude");
        return new Incident(
                new IncidentId(row.getString("id")),
                row.getString("incident_number"),
                row.getString("title"),
                Severity.valueOf(row.getString("severity")),
                Incident.State.valueOf(row.getString("state")),
                new NodeId(row.getString("node")),
                row.getString("place"),
                nowhere ? null : new GeoPoint(latitude, longitude),
                Columns.instant(row, "opened_at"),
                Columns.instantOrNull(row, "closed_at"),
                origin(row),
                new Standing(
                        row.getString("loop_id"),
                        row.getString("step"),
                        Columns.instantOrNull(row, "due_at"),
                        Columns.instantOrNull(row, "reopened_at"),
                        Columns.idOrNull(row, "merged_into", IncidentId::new),
                        row.getString("outcome")),
                row.getLong("version"));
    }

    private static Origin origin(ResultSet row) throws SQLException {
        @Nullable String name = row.getString("reporter_name");
        @Nullable String phone = row.getString("reporter_phone");
        return new Origin(
                Origin.Source.valueOf(row.getString("source")),
                row.getString("kind"),
                row.getString("body"),
                name == null && phone == null ? null : new Origin.Reporter(name, phone),
                Columns.idOrNull(row, "reported_by", UserId::new));
    }

    static Ledger ledger(JdbcClient sql, IncidentId id) {
        return new Ledger(
                read(sql, "incident_room", id, (row, _) -> room(row)),
                read(sql, "incident_visit", id, (row, _) -> visit(row)),
                read(sql, "incident_contact", id, (row, _) -> contact(row)),
                read(sql, "incident_arrival", id, (row, _) -> MeetingRows.arrival(row)),
                JdbcEvidence.exhibits(sql, id, Ledger.MOST_ENTRIES),
                read(sql, "incident_expected", id, (row, _) -> MeetingRows.expected(row)),
                read(sql, "incident_session", id, (row, _) -> MeetingRows.session(row)),
                read(sql, "incident_letter", id, (row, _) -> MeetingRows.letter(row)));
    }

    private static <T> List<T> read(
            JdbcClient sql, String table, IncidentId id, RowMapper<T> mapper) {
        return sql.sql("select * from " + table + " where incident_id = :id order by place_no")
                .param("id", id.value())
                .query(mapper)
                .list();
    }

    static Room room(ResultSet row) throws SQLException {
        return new Room(
                new NodeId(row.getString("node")),
                Room.Role.valueOf(row.getString("room_role")),
                Room.State.valueOf(row.getString("state")),
                Columns.instant(row, "offered_at"),
                Columns.instantOrNull(row, "answered_at"),
                row.getString("reason"));
    }

    private static Visit visit(ResultSet row) throws SQLException {
        return new Visit(
                row.getString("step"),
                Columns.instant(row, "entered_at"),
                Columns.instantOrNull(row, "left_at"),
                Columns.instantOrNull(row, "due_at"),
                row.getString("reason"));
    }

    private static Contact contact(ResultSet row) throws SQLException {
        return new Contact(
                Columns.instant(row, "contacted_at"),
                new UserId(row.getString("contacted_by")),
                Contact.How.valueOf(row.getString("how")),
                row.getString("said"),
                row.getString("call_id"));
    }

    /// Writes what differs.
    static void write(JdbcClient sql, IncidentId id, Ledger before, Ledger next) {
        changed(before.rooms(), next.rooms())
                .forEach(n -> room(at(sql, ROOM, id, n), next.rooms().get(n)));
        changed(before.visits(), next.visits())
                .forEach(n -> visit(at(sql, VISIT, id, n), next.visits().get(n)));
        changed(before.contacts(), next.contacts())
                .forEach(n -> contact(at(sql, CONTACT, id, n), next.contacts().get(n)));
        changed(before.arrivals(), next.arrivals())
                .forEach(n ->
                        MeetingRows.arrival(
                                at(sql, MeetingRows.ARRIVAL, id, n), next.arrivals().get(n)));
        changed(before.expected(), next.expected())
                .forEach(n ->
                        MeetingRows.expected(
                                at(sql, MeetingRows.EXPECTED, id, n), next.expected().get(n)));
        changed(before.sessions(), next.sessions())
                .forEach(n ->
                        MeetingRows.session(
                                at(sql, MeetingRows.SESSION, id, n), next.sessions().get(n)));
        changed(before.letters(), next.letters())
                .forEach(n ->
                        MeetingRows.letter(
                                at(sql, MeetingRows.LETTER, id, n), next.letters().get(n)));
    }

    private static <T> IntStream changed(List<T> before, List<T> next) {
        return IntStream.range(0, next.size())
                .filter(n -> n >= before.size() || !before.get(n).equals(next.get(n)));
    }

    private static final String ROOM =
            """
            incident_room (incident_id, place_no, node, room_role, state, offered_at,
                answered_at, reason)
            values (:incident, :place, :node, :role, :state, :offered, :answered, :reason)
            """;

    private static final String VISIT =
            """
            incident_visit (incident_id, place_no, step, entered_at, left_at, due_at, reason)
            values (:incident, :place, :step, :entered, :left, :due, :reason)
            """;

    private static final String CONTACT =
            """
            incident_contact (incident_id, place_no, contacted_at, contacted_by, how, said,
                call_id)
            values (:incident, :place, :at, :by, :how, :said, :call)
            """;

    /// One place of a ledger, empty.
    private static StatementSpec at(JdbcClient sql, String into, IncidentId id, int place) {
        String table = into.substring(0, into.indexOf(' '));
        sql.sql("delete from " + table + " where incident_id = :incident and place_no = :place")
                .param("incident", id.value())
                .param("place", place)
                .update();
        return sql.sql("insert into " + into).param("incident", id.value()).param("place", place);
    }

    private static void room(StatementSpec statement, Room room) {
        statement
                .param("node", room.node().value())
                .param("role", room.role().name())
                .param("state", room.state().name())
                .param("offered", Columns.time(room.offeredAt()))
                .param("answered", time(room.answeredAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reason", room.reason(), Types.VARCHAR)
                .update();
    }

    private static void visit(StatementSpec statement, Visit visit) {
        statement
                .param("step", visit.step())
                .param("entered", Columns.time(visit.enteredAt()))
                .param("left", time(visit.leftAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("due", time(visit.due()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reason", visit.reason(), Types.VARCHAR)
                .update();
    }

    private static void contact(StatementSpec statement, Contact contact) {
        statement
                .param("at", Columns.time(contact.at()))
                .param("by", contact.by().value())
                .param("how", contact.how().name())
                .param("said", contact.text(), Types.VARCHAR)
                .param("call", contact.call(), Types.VARCHAR)
                .update();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return Columns.timeOrNull(instant);
    }
}
