package org.maplebridge.dispatch.jdbc.meeting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Ledger.Arrival;
import org.maplebridge.dispatch.incident.Ledger.Expected;
import org.maplebridge.dispatch.incident.Ledger.Letter;
import org.maplebridge.dispatch.incident.Ledger.Session;
import org.maplebridge.dispatch.incident.Ledger.Settlement;
import org.maplebridge.dispatch.incident.Proof;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// The lists of a ledger that tell who came, who should, what rooms decided together, and what was
/// written to whom.
public final class MeetingRows {
    public static final String ARRIVAL =
            """
            incident_arrival (incident_id, place_no, who, arrived_at, proof, noted_by,
                proof_kind, unit, metres, seen_at)
            values (:incident, :place, :who, :at, :proof, :by, :kind, :unit, :metres, :seen)
            """;

    public static final String EXPECTED =
            """
            incident_expected (incident_id, place_no, who, who_name, named_by, named_at, excused)
            values (:incident, :place, :who, :name, :by, :at, :excused)
            """;

    public static final String SESSION =
            """
            incident_session (incident_id, place_no, opened_at, opened_by, reason, rooms,
                settled_at, settled_by, settled_owner, decision, present)
            values (:incident, :place, :at, :by, :reason, :rooms,
                :settled, :settledBy, :owner, :decision, :present)
            """;

    public static final String LETTER =
            """
            incident_letter (incident_id, place_no, template, node, sent, due_at, written_at,
                written_by)
            values (:incident, :place, :template, :node, :sent, :due, :at, :by)
            """;

    private enum ProofKind {
        PLACE,
        PICTURE,
        MEDIATED,
        WORD
    }

    private MeetingRows() {}

    public static Arrival arrival(ResultSet row) throws SQLException {
        return new Arrival(
                row.getString("who"),
                Columns.instant(row, "arrived_at"),
                proof(row),
                new UserId(row.getString("noted_by")));
    }

    private static Proof proof(ResultSet row) throws SQLException {
        String text = row.getString("proof");
        return switch (ProofKind.valueOf(row.getString("proof_kind"))) {
            case PLACE ->
                    new Proof.Place(
                            new UnitId(row.getString("unit")),
                            row.getInt("metres"),
                            Columns.instantOrNull(row, "seen_at"));
            case PICTURE -> new Proof.Picture(new EvidenceId(text));
            case MEDIATED -> new Proof.Mediated(new MediationId(text));
            case WORD -> new Proof.Word(text);
        };
    }

    public static void arrival(StatementSpec statement, Arrival arrival) {
        statement
                .param("who", arrival.who())
                .param("at", Columns.time(arrival.at()))
                .param("by", arrival.by().value());
        Proof.@Nullable Place place = null;
        switch (arrival.proof()) {
            case Proof.Place there -> {
                place = there;
                statement.param("kind", ProofKind.PLACE.name()).param("proof", "");
            }
            case Proof.Picture(var evidence) ->
                    statement
                            .param("kind", ProofKind.PICTURE.name())
                            .param("proof", evidence.value());
            case Proof.Mediated(var mediation) ->
                    statement
                            .param("kind", ProofKind.MEDIATED.name())
                            .param("proof", mediation.value());
            case Proof.Word(var text) ->
                    statement.param("kind", ProofKind.WORD.name()).param("proof", text);
        }
        statement
                .param("unit", place == null ? null : place.unit().value(), Types.VARCHAR)
                .param("metres", place == null ? null : place.metres(), Types.INTEGER)
                .param(
                        "seen",
                        Columns.timeOrNull(place == null ? null : place.seenAt()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    public static Expected expected(ResultSet row) throws SQLException {
        return new Expected(
                row.getString("who"),
                row.getString("who_name"),
                new UserId(row.getString("named_by")),
                Columns.instant(row, "named_at"),
                row.getString("excused"));
    }

    public static void expected(StatementSpec statement, Expected one) {
        statement
                .param("who", one.who())
                .param("name", one.name())
                .param("by", one.by().value())
                .param("at", Columns.time(one.at()))
                .param("excused", one.excused(), Types.VARCHAR)
                .update();
    }

    public static Session session(ResultSet row) throws SQLException {
        return new Session(
                Columns.instant(row, "opened_at"),
                new UserId(row.getString("opened_by")),
                row.getString("reason"),
                nodes(row.getString("rooms")),
                settlement(row));
    }

    private static @Nullable Settlement settlement(ResultSet row) throws SQLException {
        var at = Columns.instantOrNull(row, "settled_at");
        return at == null
                ? null
                : new Settlement(
                        at,
                        new UserId(row.getString("settled_by")),
                        new NodeId(row.getString("settled_owner")),
                        row.getString("decision"),
                        nodes(row.getString("present")));
    }

    public static void session(StatementSpec statement, Session session) {
        @Nullable Settlement decision = session.decision();
        statement
                .param("at", Columns.time(session.openedAt()))
                .param("by", session.by().value())
                .param("reason", session.reason())
                .param("rooms", words(session.rooms()))
                .param(
                        "settled",
                        Columns.timeOrNull(decision == null ? null : decision.at()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("settledBy", decision == null ? null : decision.by().value(), Types.VARCHAR)
                .param("owner", decision == null ? null : decision.owner().value(), Types.VARCHAR)
                .param("decision", decision == null ? null : decision.reason(), Types.VARCHAR)
                .param(
                        "present",
                        decision == null ? null : words(decision.present()),
                        Types.VARCHAR)
                .update();
    }

    public static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                row.getString("template"),
                new NodeId(row.getString("node")),
                row.getBoolean("sent"),
                Columns.instantOrNull(row, "due_at"),
                Columns.instant(row, "written_at"),
                new UserId(row.getString("written_by")));
    }

    public static void letter(StatementSpec statement, Letter letter) {
        statement
                .param("template", letter.template())
                .param("node", letter.node().value())
                .param("sent", letter.sent())
                .param("due", Columns.timeOrNull(letter.due()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("at", Columns.time(letter.at()))
                .param("by", letter.by().value())
                .update();
    }

    /// In the order in which they were asked.
    private static List<NodeId> nodes(String words) {
        return Arrays.stream(words.split(" ", -1))
                .filter(word -> !word.isEmpty())
                .map(NodeId::new)
                .toList();
    }

    private static String words(List<NodeId> nodes) {
        return nodes.stream().map(NodeId::value).collect(Collectors.joining(" "));
    }
}
