package org.maplebridge.dispatch.jdbc.mediation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.mediation.Invitation;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.mediation.PersonId;
import org.maplebridge.dispatch.mediation.SeatToken;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

public final class JdbcMediations implements MediationStore {
    private final Database database;
    private final BiConsumer<JdbcClient, Happening> journal;

    /// @param journal writes within the same transaction
    public JdbcMediations(Database database, BiConsumer<JdbcClient, Happening> journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public boolean open(Mediation mediation, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                insert(sql, mediation);
                MediationRows.write(sql, bare(mediation), mediation);
                journal.accept(sql, happening);
                return true;
            });
        } catch (DuplicateKeyException there) {
            return false;
        }
    }

    private static void insert(JdbcClient sql, Mediation mediation) {
        var incident = mediation.incident();
        var scheduled = mediation.scheduledAt();
        sql.sql(
                        """
                        insert into mediation
                            (id, incident_id, preset, node, title, matter, made_by, created_at,
                             scheduled_at, version)
                        values (:id, :incident, :preset, :node, :title, :matter, :by, :at,
                             :scheduled, 0)
                        """)
                .param("id", mediation.id().value())
                .param("incident", incident == null ? null : incident.value(), Types.VARCHAR)
                .param("preset", mediation.preset(), Types.VARCHAR)
                .param("node", mediation.node().value())
                .param("title", mediation.title())
                .param("matter", mediation.matter())
                .param("by", mediation.by().value())
                .param("at", Columns.time(mediation.createdAt()))
                .param(
                        "scheduled",
                        scheduled == null ? null : Columns.time(scheduled),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    private static Mediation bare(Mediation of) {
        return new Mediation(
                of.id(),
                of.incident(),
                of.preset(),
                of.node(),
                of.title(),
                of.matter(),
                of.by(),
                of.createdAt(),
                of.scheduledAt(),
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0);
    }

    @Override
    public Optional<Mediation> save(Mediation before, Mediation next, Happening happening)
            throws RecordUnavailable {
        return database.together(sql -> kept(sql, before, next, happening));
    }

    @Override
    public Optional<Mediation> end(
            Mediation before, Mediation next, Document document, Happening happening)
            throws RecordUnavailable {
        return database.together(sql -> {
            var kept = kept(sql, before, next, happening);
            if (kept.isPresent()) {
                insert(sql, document);
            }
            return kept;
        });
    }

    private Optional<Mediation> kept(
            JdbcClient sql, Mediation before, Mediation next, Happening happening) {
        Mediation.@Nullable End end = next.end();
        int rows =
                sql.sql(
                                """
                                update mediation set version = version + 1, ended_at = :ended,
                                    outcome = :outcome, code = :code
                                where id = :id and version = :version
                                """)
                        .param(
                                "ended",
                                end == null ? null : Columns.time(end.at()),
                                Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("outcome", end == null ? null : end.outcome().name(), Types.VARCHAR)
                        .param("code", end == null ? null : end.code(), Types.VARCHAR)
                        .param("id", next.id().value())
                        .param("version", before.version())
                        .update();
        if (rows == 0) {
            return Optional.empty();
        }
        MediationRows.write(sql, before, next);
        journal.accept(sql, happening);
        return found(sql, next.id());
    }

    private static void insert(JdbcClient sql, Document document) {
        sql.sql(
                        """
                        insert into mediation_document (code, mediation_id, file, hash, made_at)
                        values (:code, :id, :file, :hash, :at)
                        """)
                .param("code", document.code())
                .param("id", document.mediation().value())
                .param("file", Base64.getEncoder().encodeToString(document.file()))
                .param("hash", document.hash())
                .param("at", Columns.time(document.madeAt()))
                .update();
    }

    @Override
    public Optional<Mediation> find(MediationId id) throws RecordUnavailable {
        return database.atOneMoment(sql -> found(sql, id));
    }

    private static Optional<Mediation> found(JdbcClient sql, MediationId id) {
        return sql.sql("select * from mediation where id = :id")
                .param("id", id.value())
                .query((row, _) -> MediationRows.head(row))
                .optional()
                .map(head -> MediationRows.filled(sql, head, true));
    }

    @Override
    public List<Mediation> list(int limit) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                sql
                        .sql(
                                """
                                select * from mediation where preset is null
                                order by created_at desc, id limit :limit
                                """)
                        .param("limit", limit)
                        .query((row, _) -> MediationRows.head(row))
                        .list()
                        .stream()
                        .map(head -> MediationRows.filled(sql, head, false))
                        .toList());
    }

    @Override
    public Optional<Mediation> latest(String preset, NodeId node, Optional<IncidentId> about)
            throws RecordUnavailable {
        return database.atOneMoment(sql ->
                sql.sql(
                                """
                                select * from mediation
                                where preset = :preset and node = :node
                                    and coalesce(incident_id, '') = :incident
                                order by created_at desc, id limit 1
                                """)
                        .param("preset", preset)
                        .param("node", node.value())
                        .param("incident", about.map(IncidentId::value).orElse(""))
                        .query((row, _) -> MediationRows.head(row))
                        .optional()
                        .map(head -> MediationRows.filled(sql, head, false)));
    }

    @Override
    public List<Mediation> consultations(int limit) throws RecordUnavailable {
        return database.atOneMoment(sql ->
                sql
                        .sql(
                                """
                                select * from mediation
                                where preset is not null and ended_at is null
                                order by created_at desc, id limit :limit
                                """)
                        .param("limit", limit)
                        .query((row, _) -> MediationRows.head(row))
                        .list()
                        .stream()
                        .map(head -> MediationRows.filled(sql, head, false))
                        .toList());
    }

    @Override
    public boolean announce(String preset, NodeId town, LocalDate day, Instant now)
            throws RecordUnavailable {
        try {
            return database.together(sql -> {
                sql.sql(
                                """
                                insert into consultation_notice (preset, town, held_on, told_at)
                                values (:preset, :town, :day, :at)
                                """)
                        .param("preset", preset)
                        .param("town", town.value())
                        .param("day", day)
                        .param("at", Columns.time(now))
                        .update();
                return true;
            });
        } catch (DuplicateKeyException there) {
            return false;
        }
    }

    @Override
    public void invite(Invitation invitation, Happening happening) throws RecordUnavailable {
        database.together(sql -> {
            sql.sql(
                            """
                            update mediation_invitation set revoked_at = :at
                            where mediation_id = :id and person = :person
                                and used_at is null and revoked_at is null
                            """)
                    .param("at", Columns.time(invitation.madeAt()))
                    .param("id", invitation.mediation().value())
                    .param("person", invitation.person().value())
                    .update();
            sql.sql(
                            """
                            insert into mediation_invitation
                                (hash, mediation_id, person, made_by, made_at, expires_at)
                            values (:hash, :id, :person, :by, :at, :expires)
                            """)
                    .param("hash", invitation.hash())
                    .param("id", invitation.mediation().value())
                    .param("person", invitation.person().value())
                    .param("by", invitation.by().value())
                    .param("at", Columns.time(invitation.madeAt()))
                    .param("expires", Columns.time(invitation.expiresAt()))
                    .update();
            journal.accept(sql, happening);
            return true;
        });
    }

    @Override
    public Optional<Invitation> invitation(String hash) throws RecordUnavailable {
        return database.run(sql -> invitation(sql, hash));
    }

    private static Optional<Invitation> invitation(JdbcClient sql, String hash) {
        return sql.sql("select * from mediation_invitation where hash = :hash")
                .param("hash", hash)
                .query((row, _) -> invitation(row))
                .optional();
    }

    @Override
    public Exchange exchange(String hash, SeatToken token, Instant now) throws RecordUnavailable {
        return database.together(sql -> {
            int opened =
                    sql.sql(
                                    """
                                    update mediation_invitation set used_at = :now
                                    where hash = :hash and used_at is null
                                        and revoked_at is null and expires_at > :now
                                    """)
                            .param("now", Columns.time(now))
                            .param("hash", hash)
                            .update();
            Optional<Invitation> invitation = invitation(sql, hash);
            if (invitation.isEmpty()) {
                return new Exchange.Unknown();
            }
            if (opened == 0) {
                Invitation.@Nullable Fault fault = invitation.get().fault(now);
                return new Exchange.Shut(fault == null ? Invitation.Fault.USED : fault);
            }
            put(
                    sql,
                    new SeatToken(
                            token.hash(),
                            invitation.get().mediation(),
                            invitation.get().person(),
                            token.expiresAt()));
            return new Exchange.Opened(invitation.get());
        });
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("hash"),
                new MediationId(row.getString("mediation_id")),
                new PersonId(row.getString("person")),
                new UserId(row.getString("made_by")),
                Columns.instant(row, "made_at"),
                Columns.instant(row, "expires_at"),
                Columns.instantOrNull(row, "used_at"),
                Columns.instantOrNull(row, "revoked_at"));
    }

    @Override
    public void seat(SeatToken token) throws RecordUnavailable {
        database.together(sql -> {
            put(sql, token);
            return true;
        });
    }

    private static void put(JdbcClient sql, SeatToken token) {
        sql.sql("delete from mediation_seat where mediation_id = :id and person = :person")
                .param("id", token.mediation().value())
                .param("person", token.person().value())
                .update();
        sql.sql(
                        """
                        insert into mediation_seat (hash, mediation_id, person, expires_at)
                        values (:hash, :id, :person, :expires)
                        """)
                .param("hash", token.hash())
                .param("id", token.mediation().value())
                .param("person", token.person().value())
                .param("expires", Columns.time(token.expiresAt()))
                .update();
    }

    @Override
    public Optional<SeatToken> seat(String hash, Instant now) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from mediation_seat where hash = :hash and expires_at > :now")
                        .param("hash", hash)
                        .param("now", Columns.time(now))
                        .query((row, _) ->
                                new SeatToken(
                                        row.getString("hash"),
                                        new MediationId(row.getString("mediation_id")),
                                        new PersonId(row.getString("person")),
                                        Columns.instant(row, "expires_at")))
                        .optional());
    }

    @Override
    public Optional<Document> document(String code) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from mediation_document where code = :code")
                        .param("code", code)
                        .query((row, _) ->
                                new Document(
                                        row.getString("code"),
                                        new MediationId(row.getString("mediation_id")),
                                        Base64.getDecoder().decode(row.getString("file")),
                                        row.getString("hash"),
                                        Columns.instant(row, "made_at")))
                        .optional());
    }
}
