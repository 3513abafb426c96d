package org.maplebridge.dispatch.jdbc.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Claim;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.evidence.EvidenceType;
import org.maplebridge.dispatch.incident.Ledger.Exhibit;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.jdbc.JdbcJournal;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// Thread: any.
public final class JdbcEvidence implements EvidenceStore {
    private final Database database;

    public JdbcEvidence(Database database) {
        this.database = database;
    }

    @Override
    public Beginning begin(Evidence evidence, Bounds bounds) throws RecordUnavailable {
        try {
            return database.together(sql -> begun(sql, evidence, bounds));
        } catch (DuplicateKeyException crossed) {
            return database.run(sql -> known(sql, evidence))
                    .<Beginning>map(Beginning.Known::new)
                    .orElseThrow(() -> crossed); // an id of ours was given twice
        }
    }

    private static Beginning begun(JdbcClient sql, Evidence evidence, Bounds bounds) {
        hold(sql, evidence.about());
        Optional<Evidence> before = known(sql, evidence);
        if (before.isPresent() && isFresh(before.get(), bounds)) {
            return new Beginning.Known(before.get());
        }
        before.ifPresent(stale -> drop(sql, stale.id()));
        boolean full =
                count(sql, "source = :key", evidence.source(), bounds) >= bounds.ofSource()
                        || ofMatter(sql, evidence.about(), bounds) >= bounds.ofMatter();
        if (full) {
            return new Beginning.TooMany();
        }
        long more = evidence.claim().bytes();
        String payer = evidence.sender().payer();
        if (unfinished(sql, "payer = :key", payer, bounds) + more > bounds.unfinishedOfPayer()) {
            return new Beginning.TooMuch();
        }
        if (unfinished(sql, "payer is not null", payer, bounds) + more > bounds.unfinished()) {
            return new Beginning.NoRoom();
        }
        insert(sql, evidence);
        return new Beginning.Begun(evidence);
    }

    private static boolean isFresh(Evidence evidence, Bounds bounds) {
        return evidence.hasArrived() || !evidence.begunAt().isBefore(bounds.since());
    }

    /// Nobody else announces anything about it before this transaction is over.
    private static void hold(JdbcClient sql, Evidence.About about) {
        boolean incident = about.incident() != null;
        Evidence.@Nullable Table at = about.table();
        String table = at != null ? "mediation" : incident ? "incident" : "dispatch_order";
        sql.sql("select id from " + table + " where id = :id for update")
                .param(
                        "id",
                        at != null
                                ? at.mediation().value()
                                : Columns.textOrNull(incident ? about.incident() : about.order()))
                .query(String.class)
                .optional();
    }

    private static long ofMatter(JdbcClient sql, Evidence.About about, Bounds bounds) {
        Evidence.@Nullable Table table = about.table();
        if (table != null) {
            return count(sql, "mediation_id = :key", table.mediation().value(), bounds);
        }
        return about.incident() != null
                ? count(sql, "incident_id = :key", about.incident().value(), bounds)
                : count(sql, "order_id = :key", Columns.textOrNull(about.order()), bounds);
    }

    private static long count(JdbcClient sql, String which, @Nullable String key, Bounds bounds) {
        return sql.sql(
                        "select count(*) from evidence where "
                                + which
                                + " and (arrived_at is not null or begun_at >= :since)")
                .param("key", key)
                .param("since", Columns.time(bounds.since()))
                .query(Long.class)
                .single();
    }

    private static long unfinished(JdbcClient sql, String which, String key, Bounds bounds) {
        return sql.sql(
                        "select coalesce(sum(bytes), 0) from evidence where "
                                + which
                                + " and arrived_at is null and begun_at >= :since")
                .param("key", key)
                .param("since", Columns.time(bounds.since()))
                .query(Long.class)
                .single();
    }

    private static Optional<Evidence> known(JdbcClient sql, Evidence evidence) {
        return sql.sql("select * from evidence where source = :source and sha256 = :sha256")
                .param("source", evidence.source())
                .param("sha256", evidence.claim().sha256())
                .query((row, _) -> evidence(row))
                .optional();
    }

    private static void insert(JdbcClient sql, Evidence evidence) {
        Evidence.@Nullable Table table = evidence.about().table();
        sql.sql(
                        """
                        insert into evidence
                            (id, source, incident_id, order_id, report_id, mediation_id,
                             mediation_person, title, sender, unit, payer,
                             media_type, bytes, sha256, holder, begun_at)
                        values (:id, :source, :incident, :order, :report, :mediation,
                             :person, :title, :sender, :unit, :payer,
                             :type, :bytes, :sha256, :holder, :begun)
                        """)
                .param("mediation", table == null ? null : table.mediation().value(), Types.VARCHAR)
                .param("person", table == null ? null : table.person(), Types.VARCHAR)
                .param("title", table == null ? null : table.title(), Types.VARCHAR)
                .param("id", evidence.id().value())
                .param("source", evidence.source())
                .param("incident", Columns.textOrNull(evidence.about().incident()), Types.VARCHAR)
                .param("order", Columns.textOrNull(evidence.about().order()), Types.VARCHAR)
                .param("report", Columns.textOrNull(evidence.about().report()), Types.VARCHAR)
                .param("sender", Columns.textOrNull(evidence.sender().user()), Types.VARCHAR)
                .param("unit", Columns.textOrNull(evidence.sender().unit()), Types.VARCHAR)
                .param("payer", evidence.sender().payer())
                .param("type", evidence.claim().type().name())
                .param("bytes", evidence.claim().bytes())
                .param("sha256", evidence.claim().sha256())
                .param("holder", evidence.holder(), Types.VARCHAR)
                .param("begun", Columns.time(evidence.begunAt()))
                .update();
    }

    @Override
    public Optional<Evidence> find(EvidenceId id) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from evidence where id = :id")
                        .param("id", id.value())
                        .query((row, _) -> evidence(row))
                        .optional());
    }

    @Override
    public boolean arrive(Evidence evidence, Happening happening) throws RecordUnavailable {
        return database.together(sql -> {
            boolean first = update(sql, evidence) == 1;
            if (first) {
                JdbcJournal.append(sql, happening);
            }
            return first;
        });
    }

    private static int update(JdbcClient sql, Evidence evidence) {
        Evidence.@Nullable Arrival arrival = evidence.arrival();
        if (arrival == null) {
            throw new IllegalArgumentException("it has not arrived");
        }
        Evidence.@Nullable PictureSize size = arrival.size();
        return sql.sql(
                        """
                        update evidence set
                            arrived_at = :at, payer = null, holder = :holder, width = :width, height = :height,
                            latitude = :latitude, longitude = :longitude
                        where id = :id and arrived_at is null
                        """)
                .param("id", evidence.id().value())
                .param("at", Columns.time(arrival.at()))
                .param("holder", evidence.holder(), Types.VARCHAR)
                .param("width", size == null ? null : size.width(), Types.INTEGER)
                .param("height", size == null ? null : size.height(), Types.INTEGER)
                .param("latitude", Columns.latitudeOrNull(arrival.said()), Types.DOUBLE)
                .param("longitude", Columns.longitudeOrNull(arrival.said()), Types.DOUBLE)
                .update();
    }

    @Override
    public void drop(EvidenceId id) throws RecordUnavailable {
        database.run(sql -> drop(sql, id));
    }

    private static int drop(JdbcClient sql, EvidenceId id) {
        return sql.sql("delete from evidence where id = :id and arrived_at is null")
                .param("id", id.value())
                .update();
    }

    @Override
    public List<Evidence> about(IncidentId incident, int limit) throws RecordUnavailable {
        return database.run(
                sql -> ofMatter(sql, incident, limit).query((row, _) -> evidence(row)).list());
    }

    /// As a ledger has them; the newest of too many, since a gate asks for new ones.
    public static List<Exhibit> exhibits(JdbcClient sql, IncidentId incident, int limit) {
        return ofMatter(sql, incident, limit)
                .query((row, _) ->
                        new Exhibit(
                                new EvidenceId(row.getString("id")),
                                Columns.instant(row, "arrived_at"),
                                row.getString("sender") != null))
                .list();
    }

    private static StatementSpec ofMatter(JdbcClient sql, IncidentId incident, int limit) {
        return sql.sql(
                        """
                        select * from (
                            select * from evidence
                            where arrived_at is not null and (incident_id = :id
                                or incident_id in (
                                    select id from incident where merged_into = :id))
                            order by arrived_at desc, id limit :limit
                        ) newest
                        order by arrived_at, id
                        """)
                .param("id", incident.value())
                .param("limit", limit);
    }

    @Override
    public List<Evidence> about(OrderId order, int limit) throws RecordUnavailable {
        return listed("arrived_at is not null and order_id = :id", order.value(), limit);
    }

    @Override
    public List<Evidence> uploaded(MediationId mediation, int limit) throws RecordUnavailable {
        return listed("arrived_at is not null and mediation_id = :id", mediation.value(), limit);
    }

    @Override
    public List<Evidence> of(ReportId report, int limit) throws RecordUnavailable {
        return listed("report_id = :id", report.value(), limit);
    }

    @Override
    public List<Evidence> unfinished(int limit) throws RecordUnavailable {
        return listed("arrived_at is null and id <> :id", "", limit);
    }

    private List<Evidence> listed(String which, String id, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                "select * from evidence where "
                                        + which
                                        + " order by begun_at, id limit :limit")
                        .param("id", id)
                        .param("limit", limit)
                        .query((row, _) -> evidence(row))
                        .list());
    }

    @Override
    public int dropUnfinished(Instant before) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("delete from evidence where arrived_at is null and begun_at < :before")
                        .param("before", Columns.time(before))
                        .update());
    }

    private static Evidence evidence(ResultSet row) throws SQLException {
        @Nullable String payer = row.getString("payer");
        return new Evidence(
                new EvidenceId(row.getString("id")),
                new Evidence.About(
                        Columns.idOrNull(row, "incident_id", IncidentId::new),
                        Columns.idOrNull(row, "order_id", OrderId::new),
                        Columns.idOrNull(row, "report_id", ReportId::new),
                        table(row)),
                new Evidence.Sender(
                        Columns.idOrNull(row, "sender", UserId::new),
                        Columns.idOrNull(row, "unit", UnitId::new),
                        payer == null ? "" : payer),
                new Claim(
                        EvidenceType.valueOf(row.getString("media_type")),
                        row.getLong("bytes"),
                        row.getString("sha256")),
                row.getString("holder"),
                Columns.instant(row, "begun_at"),
                arrival(row));
    }

    private static Evidence.@Nullable Table table(ResultSet row) throws SQLException {
        @Nullable String mediation = row.getString("mediation_id");
        return mediation == null
                ? null
                : new Evidence.Table(
                        new MediationId(mediation),
                        row.getString("mediation_person"),
                        row.getString("title"));
    }

    private static Evidence.@Nullable Arrival arrival(ResultSet row) throws SQLException {
        @Nullable Instant at = Columns.instantOrNull(row, "arrived_at");
        if (at == null) {
            return null;
        }
        int width = row.getInt("width");
        boolean unknown = row.wasNull();
        @Nullable GeoPoint said = Columns.pointOrNull(row);
        return new Evidence.Arrival(
                at, unknown ? null : new Evidence.PictureSize(width, row.getInt("height")), said);
    }
}
