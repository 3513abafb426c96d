package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Origin.Source;
import org.maplebridge.dispatch.intake.Likeness;
import org.maplebridge.dispatch.intake.Rating;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.intake.Reporter;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.ReportStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class JdbcReports implements ReportStore {
    /// By the report's key, and then by the signature's.
    private static final int MOST_CROSSINGS = 2;

    private final Database database;

    JdbcReports(Database database) {
        this.database = database;
    }

    /// Two that come at once are told apart by the keys: who is late tries again, and finds the
    /// other one's report or signature.
    @Override
    public Taking take(Admission admission, Function<Taking, Happening> noted)
            throws RecordUnavailable {
        for (int crossings = 0; ; crossings++) {
            try {
                return database.together(sql -> taken(sql, admission, noted));
            } catch (DuplicateKeyException crossed) {
                if (isUsed(admission.signature())) {
                    return new Taking.Replayed();
                }
                if (crossings == MOST_CROSSINGS) {
                    throw crossed;
                }
            }
        }
    }

    private Taking taken(JdbcClient sql, Admission admission, Function<Taking, Happening> noted) {
        Report report = admission.report();
        use(sql, admission.signature(), report.receivedAt());
        Optional<Report> before = bySource(sql, report.source(), report.externalId());
        if (before.isPresent()) {
            Incident incident = whole(sql, before.get().incident());
            return new Taking.Repeated(before.get(), incident);
        }
        String fingerprint = Likeness.fingerprint(report);
        database.waitFor(sql, fingerprint); // two of one sensor at the same moment are one matter
        Optional<Incident> same = same(sql, fingerprint, admission.sameSince());
        Taking taking;
        if (same.isPresent()) {
            taking = new Taking.Merged(report.about(same.get().id()), same.get());
            insert(sql, report.about(same.get().id()), fingerprint);
        } else {
            taking = new Taking.Opened(report, IncidentRows.insert(sql, admission.opening()));
            insert(sql, report, fingerprint);
        }
        JdbcJournal.append(sql, noted.apply(taking));
        return taking;
    }

    /// Nobody closes it before this transaction is over.
    private static Optional<Incident> same(JdbcClient sql, String fingerprint, Instant since) {
        return sql.sql(
                        """
                        select incident_id from report
                        where fingerprint = :fingerprint and received_at >= :since
                        order by received_at desc limit 1
                        """)
                .param("fingerprint", fingerprint)
                .param("since", Columns.time(since))
                .query(String.class)
                .optional()
                .flatMap(id -> heldOpen(sql, new IncidentId(id)));
    }

    private static Optional<Incident> heldOpen(JdbcClient sql, IncidentId id) {
        return sql.sql("select * from incident where id = :id for update")
                .param("id", whole(sql, id).id().value())
                .query((row, _) -> IncidentRows.incident(row))
                .optional()
                .filter(incident -> !incident.isClosed());
    }

    /// Parts are never more than one deep.
    private static Incident whole(JdbcClient sql, IncidentId id) {
        return sql.sql(
                        """
                        select w.* from incident i
                        join incident w on w.id = coalesce(i.merged_into, i.id)
                        where i.id = :id
                        """)
                .param("id", id.value())
                .query((row, _) -> IncidentRows.incident(row))
                .single();
    }

    private static void use(JdbcClient sql, @Nullable String signature, Instant at) {
        if (signature != null) {
            sql.sql("insert into intake_signature (mac, used_at) values (:mac, :at)")
                    .param("mac", signature)
                    .param("at", Columns.time(at))
                    .update();
        }
    }

    private boolean isUsed(@Nullable String signature) throws RecordUnavailable {
        return signature != null
                && database.run(sql ->
                        sql.sql("select mac from intake_signature where mac = :mac")
                                .param("mac", signature)
                                .query(String.class)
                                .optional()
                                .isPresent());
    }

    @Override
    public void forgetSignatures(Instant before) throws RecordUnavailable {
        database.run(sql ->
                sql.sql("delete from intake_signature where used_at < :before")
                        .param("before", Columns.time(before))
                        .update());
    }

    @Override
    public Optional<Report> byReceipt(String receipt) throws RecordUnavailable {
        return database.run(sql -> byReceipt(sql, receipt));
    }

    private static Optional<Report> byReceipt(JdbcClient sql, String receipt) {
        return sql.sql("select * from report where receipt = :receipt")
                .param("receipt", receipt)
                .query((row, _) -> report(row))
                .optional();
    }

    private static Optional<Report> bySource(JdbcClient sql, Source source, String externalId) {
        return sql.sql("select * from report where source = :source and external_id = :id")
                .param("source", source.name())
                .param("id", externalId)
                .query((row, _) -> report(row))
                .optional();
    }

    /// How many there are about each of these incidents.
    static Map<String, Integer> counted(JdbcClient sql, List<String> incidents) {
        Map<String, Integer> counted = new HashMap<>();
        sql.sql(
                        """
                        select incident_id, count(*) as reports from report
                        where incident_id in (:ids) group by incident_id
                        """)
                .param("ids", incidents)
                .query(row -> {
                    counted.put(row.getString("incident_id"), row.getInt("reports"));
                });
        return counted;
    }

    @Override
    public List<Report> about(IncidentId incident, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from report where incident_id = :incident
                                order by received_at, id limit :limit
                                """)
                        .param("incident", incident.value())
                        .param("limit", limit)
                        .query((row, _) -> report(row))
                        .list());
    }

    @Override
    public Rated rate(String receipt, Rating rating, Function<Report, Happening> noted)
            throws RecordUnavailable {
        return database.together(sql -> {
            Optional<Report> report = byReceipt(sql, receipt);
            if (report.isEmpty()) {
                return Rated.UNKNOWN;
            }
            if (!whole(sql, report.get().incident()).isClosed()) {
                return Rated.NOT_CLOSED;
            }
            boolean first =
                    sql.sql(
                                            """
                                            update report
                                            set stars = :stars, rating_text = :text, rated_at = :at
                                            where receipt = :receipt and rated_at is null
                                            """)
                                    .param("stars", rating.stars())
                                    .param("text", rating.text())
                                    .param("at", Columns.time(rating.at()))
                                    .param("receipt", receipt)
                                    .update()
                            == 1;
            if (!first) {
                return Rated.RATED_ALREADY;
            }
            JdbcJournal.append(sql, noted.apply(report.get()));
            return Rated.RATED;
        });
    }

    @Override
    public Optional<Rating> rating(ReportId report) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from report where id = :id and rated_at is not null")
                        .param("id", report.value())
                        .query((row, _) ->
                                new Rating(
                                        row.getInt("stars"),
                                        row.getString("rating_text"),
                                        Columns.instant(row, "rated_at")))
                        .optional());
    }

    @Override
    public Optional<Likeness.Matter> matter(IncidentId incident) throws RecordUnavailable {
        return database.run(sql ->
                matters(
                                sql.sql(
                                                """
                                                select i.*, r.body as words, r.phone from incident i
                                                left join report r on r.incident_id = i.id
                                                where i.id = :id
                                                order by r.received_at, r.id limit 50
                                                """)
                                        .param("id", incident.value()))
                        .stream()
                        .findFirst());
    }

    /// Only what is asked for stands in the statement.
    @Override
    public List<Likeness.Matter> openMatters(
            @Nullable Collection<NodeId> rooms, Instant since, int limit) throws RecordUnavailable {
        if (rooms != null && rooms.isEmpty()) {
            return List.of();
        }
        String shared =
                rooms == null
                        ? ""
                        : """
                        and exists (select 1 from incident_room m
                            where m.incident_id = i.id and m.node in (:rooms))
                        """;
        return database.run(sql -> {
            var statement =
                    sql.sql(
                                    """
                                    select i.*, r.body as words, r.phone from incident i
                                    left join report r on r.incident_id = i.id
                                    where i.opened_at >= :since and i.closed_at is null
                                    """
                                            + shared
                                            + """
                                            order by i.opened_at desc, i.id, r.received_at, r.id
                                            limit :limit
                                            """)
                            .param("since", Columns.time(since))
                            .param("limit", limit);
            return matters(
                    rooms == null
                            ? statement
                            : statement.param("rooms", rooms.stream().map(NodeId::value).toList()));
        });
    }

    /// A row for each report; an incident without any has one too.
    private static List<Likeness.Matter> matters(JdbcClient.StatementSpec statement) {
        var found = new LinkedHashMap<IncidentId, Gathered>();
        statement.query(row -> {
            Incident incident = IncidentRows.incident(row);
            found.computeIfAbsent(incident.id(), _ -> new Gathered(incident))
                    .add(row.getString("words"), row.getString("phone"));
        });
        return found.values().stream().map(Gathered::matter).toList();
    }

    private record Gathered(Incident incident, List<String> words, Set<String> phones) {
        Gathered(Incident incident) {
            this(incident, new ArrayList<>(List.of(incident.title())), new HashSet<>());
            Origin.@Nullable Reporter reporter = incident.origin().reporter();
            add(incident.origin().text(), reporter == null ? null : reporter.phone());
        }

        void add(@Nullable String text, @Nullable String phone) {
            if (text != null && !text.isEmpty() && words.size() == 1) {
                words.add(text);
            }
            if (phone != null && !phone.isEmpty()) {
                phones.add(phone);
            }
        }

        Likeness.Matter matter() {
            return new Likeness.Matter(
                    incident.id(),
                    incident.number(),
                    incident.title(),
                    String.join("\n", words),
                    incident.place(),
                    incident.point(),
                    incident.openedAt(),
                    phones);
        }
    }

    private static void insert(JdbcClient sql, Report report, String fingerprint) {
        sql.sql(
                        """
                        insert into report
                            (id, source, external_id, incident_id, fingerprint, title, body,
                             matter_kind, severity, node, place, latitude, longitude, reporter,
                             phone, occurred_at, received_at, receipt)
                        values (:id, :source, :external, :incident, :fingerprint, :title,
                             :body, :kind, :severity, :node, :place, :latitude, :longitude,
                             :reporter, :phone, :occurred, :received, :receipt)
                        """)
                .param("id", report.id().value())
                .param("source", report.source().name())
                .param("external", report.externalId())
                .param("incident", report.incident().value())
                .param("fingerprint", fingerprint)
                .param("title", report.title())
                .param("body", report.text())
                .param("kind", report.kind())
                .param("severity", report.severity().name())
                .param("node", report.node().value())
                .param("place", report.place())
                .param("latitude", Columns.latitudeOrNull(report.point()), Types.DOUBLE)
                .param("longitude", Columns.longitudeOrNull(report.point()), Types.DOUBLE)
                .param("reporter", report.reporter().name())
                .param("phone", report.reporter().phone())
                .param("occurred", Columns.time(report.occurredAt()))
                .param("received", Columns.time(report.receivedAt()))
                .param("receipt", report.receipt(), Types.VARCHAR)
                .update();
    }

    private static Report report(ResultSet row) throws SQLException {
        return new Report(
                new ReportId(row.getString("id")),
                Source.valueOf(row.getString("source")),
                row.getString("external_id"),
                row.getString("title"),
                row.getString("body"),
                row.getString("matter_kind"),
                Severity.valueOf(row.getString("severity")),
                new NodeId(row.getString("node")),
                row.getString("place"),
                Columns.pointOrNull(row),
                new Reporter(row.getString("reporter"), row.getString("phone")),
                Columns.instant(row, "occurred_at"),
                Columns.instant(row, "received_at"),
                row.getString("receipt"),
                new IncidentId(row.getString("incident_id")));
    }
}
