package org.maplebridge.dispatch.jdbc.mediation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.mediation.Consent;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.Person;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.Signature;
import org.maplebridge.dispatch.mediation.Writing;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A mediation's rows, read and written within whoever's transaction.
final class MediationRows {
    private MediationRows() {}

    static Mediation head(ResultSet row) throws SQLException {
        var endedAt = Columns.instantOrNull(row, "ended_at");
        @Nullable String incident = row.getString("incident_id");
        return new Mediation(
                new MediationId(row.getString("id")),
                incident == null ? null : new IncidentId(incident),
                row.getString("preset"),
                new NodeId(row.getString("node")),
                row.getString("title"),
                row.getString("matter"),
                new UserId(row.getString("made_by")),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "scheduled_at"),
                endedAt == null
                        ? null
                        : new Mediation.End(
                                endedAt,
                                Mediation.Outcome.valueOf(row.getString("outcome")),
                                row.getString("code")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                row.getLong("version"));
    }

    static Mediation filled(JdbcClient sql, Mediation head, boolean whole) {
        return new Mediation(
                head.id(),
                head.incident(),
                head.preset(),
                head.node(),
                head.title(),
                head.matter(),
                head.by(),
                head.createdAt(),
                head.scheduledAt(),
                head.end(),
                all(sql, "mediation_person", head.id(), MediationRows::person),
                whole
                        ? all(sql, "mediation_consent", head.id(), MediationRows::consent)
                        : List.of(),
                whole
                        ? all(sql, "mediation_writing", head.id(), MediationRows::writing)
                        : List.of(),
                whole
                        ? all(sql, "mediation_signature", head.id(), MediationRows::signature)
                        : List.of(),
                head.version());
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> all(JdbcClient sql, String table, MediationId id, Reader<T> reader) {
        return sql.sql("select * from " + table + " where mediation_id = :id order by place_no")
                .param("id", id.value())
                .query((row, _) -> reader.read(row))
                .list();
    }

    private static Person person(ResultSet row) throws SQLException {
        @Nullable String side = row.getString("side");
        @Nullable String account = row.getString("account");
        @Nullable String kept = row.getString("identity_kept");
        return new Person(
                new PersonId(row.getString("person")),
                Person.Role.valueOf(row.getString("person_role")),
                row.getString("person_name"),
                side == null ? null : new PersonId(side),
                account == null ? null : new UserId(account),
                row.getString("phone"),
                kept == null
                        ? null
                        : new Person.Identity(
                                kept,
                                row.getString("identity_mask"),
                                row.getString("verdict"),
                                Columns.instant(row, "identified_at")));
    }

    private static Consent consent(ResultSet row) throws SQLException {
        return new Consent(
                new PersonId(row.getString("person")),
                Consent.Subject.valueOf(row.getString("subject")),
                row.getString("text_version"),
                row.getBoolean("given"),
                Columns.instant(row, "said_at"));
    }

    private static Writing writing(ResultSet row) throws SQLException {
        return new Writing(
                Writing.Kind.valueOf(row.getString("kind")),
                row.getInt("number_no"),
                row.getString("body"),
                row.getString("hash"),
                new PersonId(row.getString("person")),
                Columns.instant(row, "written_at"),
                Columns.instantOrNull(row, "read_back_at"));
    }

    private static Signature signature(ResultSet row) throws SQLException {
        return new Signature(
                new PersonId(row.getString("person")),
                Writing.Kind.valueOf(row.getString("kind")),
                row.getString("hash"),
                row.getString("drawn"),
                Columns.instant(row, "signed_at"));
    }

    /// People change; everything else is only added to.
    static void write(JdbcClient sql, Mediation before, Mediation next) {
        var id = next.id();
        if (!next.people().equals(before.people())) {
            sql.sql("delete from mediation_person where mediation_id = :id")
                    .param("id", id.value())
                    .update();
            for (int i = 0; i < next.people().size(); i++) {
                insert(sql, id, i, next.people().get(i));
            }
        }
        for (int i = before.consents().size(); i < next.consents().size(); i++) {
            insert(sql, id, i, next.consents().get(i));
        }
        for (int i = 0; i < next.writings().size(); i++) {
            var writing = next.writings().get(i);
            if (!before.writings().contains(writing)) {
                write(sql, id, i, writing);
            }
        }
        for (int i = before.signatures().size(); i < next.signatures().size(); i++) {
            insert(sql, id, i, next.signatures().get(i));
        }
    }

    private static void insert(JdbcClient sql, MediationId id, int place, Person person) {
        Person.@Nullable Identity identity = person.identity();
        sql.sql(
                        """
                        insert into mediation_person
                            (mediation_id, person, place_no, person_role, person_name, side,
                             account, phone, identity_kept, identity_mask, verdict, identified_at)
                        values (:id, :person, :place, :role, :name, :side,
                             :account, :phone, :kept, :mask, :verdict, :at)
                        """)
                .param("id", id.value())
                .param("person", person.id().value())
                .param("place", place)
                .param("role", person.role().name())
                .param("name", person.name())
                .param("side", person.side() == null ? null : person.side().value(), Types.VARCHAR)
                .param(
                        "account",
                        person.account() == null ? null : person.account().value(),
                        Types.VARCHAR)
                .param("phone", person.phone(), Types.VARCHAR)
                .param("kept", identity == null ? null : identity.sealed(), Types.VARCHAR)
                .param("mask", identity == null ? null : identity.masked(), Types.VARCHAR)
                .param("verdict", identity == null ? null : identity.verdict(), Types.VARCHAR)
                .param(
                        "at",
                        identity == null ? null : Columns.time(identity.at()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    private static void insert(JdbcClient sql, MediationId id, int place, Consent consent) {
        sql.sql(
                        """
                        insert into mediation_consent
                            (mediation_id, place_no, person, subject, text_version, given, said_at)
                        values (:id, :place, :person, :subject, :text, :given, :at)
                        """)
                .param("id", id.value())
                .param("place", place)
                .param("person", consent.person().value())
                .param("subject", consent.subject().name())
                .param("text", consent.text())
                .param("given", consent.given())
                .param("at", Columns.time(consent.at()))
                .update();
    }

    /// A version that is there was read back since.
    private static void write(JdbcClient sql, MediationId id, int place, Writing writing) {
        var readBack = writing.readBack();
        int known =
                readBack == null
                        ? 0
                        : sql.sql(
                                        """
                                        update mediation_writing set read_back_at = :at
                                        where mediation_id = :id and kind = :kind
                                            and number_no = :number
                                        """)
                                .param("at", Columns.time(readBack))
                                .param("id", id.value())
                                .param("kind", writing.kind().name())
                                .param("number", writing.number())
                                .update();
        if (known > 0) {
            return;
        }
        sql.sql(
                        """
                        insert into mediation_writing
                            (mediation_id, kind, number_no, place_no, body, hash, person,
                             written_at, read_back_at)
                        values (:id, :kind, :number, :place, :body, :hash, :person, :at, :read)
                        """)
                .param("id", id.value())
                .param("kind", writing.kind().name())
                .param("number", writing.number())
                .param("place", place)
                .param("body", writing.body())
                .param("hash", writing.hash())
                .param("person", writing.by().value())
                .param("at", Columns.time(writing.at()))
                .param(
                        "read",
                        readBack == null ? null : Columns.time(readBack),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    private static void insert(JdbcClient sql, MediationId id, int place, Signature signature) {
        sql.sql(
                        """
                        insert into mediation_signature
                            (mediation_id, place_no, person, kind, hash, drawn, signed_at)
                        values (:id, :place, :person, :kind, :hash, :drawn, :at)
                        """)
                .param("id", id.value())
                .param("place", place)
                .param("person", signature.person().value())
                .param("kind", signature.kind().name())
                .param("hash", signature.hash())
                .param("drawn", signature.drawn())
                .param("at", Columns.time(signature.at()))
                .update();
    }
}
