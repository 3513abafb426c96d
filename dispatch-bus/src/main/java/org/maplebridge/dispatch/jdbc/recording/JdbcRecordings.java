package org.maplebridge.dispatch.jdbc.recording;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.jdbc.Columns;
import org.maplebridge.dispatch.jdbc.Database;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.recording.Hold;
import org.maplebridge.dispatch.recording.Recording;
import org.maplebridge.dispatch.recording.Recording.Whose;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.recording.RecordingStore;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

public final class JdbcRecordings implements RecordingStore {
    private final Database database;
    private final BiConsumer<JdbcClient, Happening> journal;

    /// @param journal writes within the same transaction
    public JdbcRecordings(Database database, BiConsumer<JdbcClient, Happening> journal) {
        this.database = database;
        this.journal = journal;
    }

    @Override
    public Map<UnitId, Set<IncidentId>> concerns(Collection<UnitId> units)
            throws RecordUnavailable {
        Map<UnitId, Set<IncidentId>> found = new HashMap<>();
        if (units.isEmpty()) {
            return found;
        }
        return database.run(sql -> {
            sql.sql(
                            """
                            select a.unit_id, i.id from order_assignment a
                                join dispatch_order o on o.id = a.order_id
                                join incident i on i.id = o.incident_id
                            where a.unit_id in (:units) and a.step <> 'REFUSED'
                                and i.closed_at is null
                            """)
                    .param("units", units.stream().map(UnitId::value).toList())
                    .query(row -> {
                        found.computeIfAbsent(
                                        new UnitId(row.getString("unit_id")), _ -> new HashSet<>())
                                .add(new IncidentId(row.getString("id")));
                    });
            return found;
        });
    }

    @Override
    public void begin(Recording recording, Happening happening) throws RecordUnavailable {
        Whose whose = recording.whose();
        Whose.@Nullable Seat seat = whose instanceof Whose.Seat one ? one : null;
        database.together(sql -> {
            sql.sql(
                            """
                            insert into recording (id, unit, mediation_id, person, room, medium,
                                file, holder, started_at)
                            values (:id, :unit, :mediation, :person, :room, :medium, :file, :holder,
                                :started)
                            """)
                    .param("id", recording.id())
                    .param("unit", whose instanceof Whose.Unit(UnitId unit) ? unit.value() : null)
                    .param("mediation", seat == null ? null : seat.mediation().value())
                    .param("person", seat == null ? null : seat.person())
                    .param("room", seat == null ? null : seat.room())
                    .param("medium", recording.medium().name())
                    .param("file", recording.file())
                    .param("holder", recording.holder())
                    .param("started", Columns.time(recording.startedAt()))
                    .update();
            recording.incidents().forEach(incident -> link(sql, recording.id(), incident));
            journal.accept(sql, happening);
            return true;
        });
    }

    @Override
    public void link(String id, Collection<IncidentId> incidents) throws RecordUnavailable {
        for (IncidentId incident : incidents) {
            try {
                database.run(sql -> link(sql, id, incident));
            } catch (DuplicateKeyException there) {
                continue;
            }
        }
    }

    private static int link(JdbcClient sql, String id, IncidentId incident) {
        return sql.sql(
                        "insert into recording_incident (recording_id, incident_id) values (:id, :of)")
                .param("id", id)
                .param("of", incident.value())
                .update();
    }

    @Override
    public boolean end(Recording ended, Happening happening) throws RecordUnavailable {
        var ending = Objects.requireNonNull(ended.ending());
        return database.together(sql -> {
            boolean ours =
                    sql.sql(
                                            """
                                            update recording set began_at = :began,
                                                ended_at = :ended, bytes = :bytes, chain = :chain,
                                                missed = :missed, complete = :complete
                                            where id = :id and ended_at is null
                                            """)
                                    .param("began", Columns.time(ending.began()))
                                    .param("ended", Columns.time(ending.ended()))
                                    .param("bytes", ending.bytes())
                                    .param("chain", ending.chain())
                                    .param("missed", ending.missed())
                                    .param("complete", ending.complete())
                                    .param("id", ended.id())
                                    .update()
                            == 1;
            if (ours) {
                journal.accept(sql, happening);
            }
            return ours;
        });
    }

    @Override
    public Optional<Recording> find(String id) throws RecordUnavailable {
        return database
                .run(sql ->
                        withIncidents(
                                sql,
                                sql.sql("select * from recording where id = :id")
                                        .param("id", id)
                                        .query((row, _) -> bare(row))
                                        .list()))
                .stream()
                .findFirst();
    }

    @Override
    public List<Recording> of(IncidentId incident, int limit) throws RecordUnavailable {
        return database.run(sql ->
                withIncidents(
                        sql,
                        sql.sql(
                                        """
                                        select r.* from recording r
                                            join recording_incident i on i.recording_id = r.id
                                        where i.incident_id = :incident
                                        order by r.started_at, r.id limit :limit
                                        """)
                                .param("incident", incident.value())
                                .param("limit", limit)
                                .query((row, _) -> bare(row))
                                .list()));
    }

    @Override
    public List<Recording> of(MediationId mediation, int limit) throws RecordUnavailable {
        return database.run(sql ->
                withIncidents(
                        sql,
                        sql.sql(
                                        """
                                        select * from recording where mediation_id = :mediation
                                        order by started_at, id limit :limit
                                        """)
                                .param("mediation", mediation.value())
                                .param("limit", limit)
                                .query((row, _) -> bare(row))
                                .list()));
    }

    @Override
    public List<Recording> running(int limit) throws RecordUnavailable {
        return database.run(sql ->
                withIncidents(
                        sql,
                        sql.sql(
                                        """
                                        select * from recording where ended_at is null
                                        order by started_at, id limit :limit
                                        """)
                                .param("limit", limit)
                                .query((row, _) -> bare(row))
                                .list()));
    }

    @Override
    public List<Recording> unstored(String holder, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from recording
                                where stored_at is null and ended_at is not null and bytes > 0
                                    and (holder is null or holder = :holder)
                                order by started_at, id limit :limit
                                """)
                        .param("holder", holder)
                        .param("limit", limit)
                        .query((row, _) -> bare(row))
                        .list());
    }

    @Override
    public boolean stored(String id, Recording.Stored how) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("update recording set stored_at = :at, stored_sha256 = :sha where id = :id")
                                .param("at", Columns.time(how.at()))
                                .param("sha", how.sha256())
                                .param("id", id)
                                .update()
                        == 1);
    }

    @Override
    public List<Recording> doubled(Instant before, String holder, int limit)
            throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from recording
                                where holder = :holder and stored_at < :before
                                order by stored_at, id limit :limit
                                """)
                        .param("holder", holder)
                        .param("before", Columns.time(before))
                        .param("limit", limit)
                        .query((row, _) -> bare(row))
                        .list());
    }

    @Override
    public void leave(String id) throws RecordUnavailable {
        database.run(sql ->
                sql.sql(
                                "update recording set holder = null where id = :id and stored_at is not null")
                        .param("id", id)
                        .update());
    }

    @Override
    public List<Recording> old(Instant before, String holder, int limit) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql(
                                """
                                select * from recording r
                                where r.started_at < :before and r.ended_at is not null
                                    and (r.holder is null or r.holder = :holder
                                        or r.stored_at < :before)
                                    and not exists (select 1 from recording_incident i
                                        join incident_hold h on h.incident_id = i.incident_id
                                        where i.recording_id = r.id)
                                order by r.started_at, r.id limit :limit
                                """)
                        .param("before", Columns.time(before))
                        .param("holder", holder)
                        .param("limit", limit)
                        .query((row, _) -> bare(row))
                        .list());
    }

    @Override
    public void drop(String id) throws RecordUnavailable {
        database.together(sql -> {
            sql.sql("delete from recording_incident where recording_id = :id")
                    .param("id", id)
                    .update();
            return sql.sql("delete from recording where id = :id").param("id", id).update();
        });
    }

    @Override
    public boolean hold(Hold hold, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                sql.sql(
                                """
                                insert into incident_hold (incident_id, reason, held_by, held_at)
                                values (:incident, :reason, :by, :at)
                                """)
                        .param("incident", hold.incident().value())
                        .param("reason", hold.reason())
                        .param("by", hold.by().value())
                        .param("at", Columns.time(hold.at()))
                        .update();
                journal.accept(sql, happening);
                return true;
            });
        } catch (DuplicateKeyException held) {
            return false;
        }
    }

    @Override
    public boolean release(IncidentId incident, Happening happening) throws RecordUnavailable {
        return database.together(sql -> {
            boolean ours =
                    sql.sql("delete from incident_hold where incident_id = :incident")
                                    .param("incident", incident.value())
                                    .update()
                            == 1;
            if (ours) {
                journal.accept(sql, happening);
            }
            return ours;
        });
    }

    @Override
    public Optional<Hold> hold(IncidentId incident) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from incident_hold where incident_id = :incident")
                        .param("incident", incident.value())
                        .query((row, _) ->
                                new Hold(
                                        incident,
                                        row.getString("reason"),
                                        new UserId(row.getString("held_by")),
                                        Columns.instant(row, "held_at")))
                        .optional());
    }

    @Override
    public Set<String> heldSounds(Instant before) throws RecordUnavailable {
        return database.run(sql ->
                Set.copyOf(
                        sql.sql(
                                        """
                                        select b.audio from burst b
                                            join incident_hold h on h.incident_id = b.incident_id
                                        where b.started_at < :before and b.audio is not null
                                        """)
                                .param("before", Columns.time(before))
                                .query(String.class)
                                .list()));
    }

    private static Recording bare(ResultSet row) throws SQLException {
        @Nullable Instant ended = Columns.instantOrNull(row, "ended_at");
        @Nullable Instant stored = Columns.instantOrNull(row, "stored_at");
        return new Recording(
                row.getString("id"),
                whose(row),
                Recording.Medium.valueOf(row.getString("medium")),
                row.getString("file"),
                row.getString("holder"),
                Columns.instant(row, "started_at"),
                Set.of(),
                ended == null
                        ? null
                        : new Recording.Ending(
                                Columns.instant(row, "began_at"),
                                ended,
                                row.getLong("bytes"),
                                row.getString("chain"),
                                row.getLong("missed"),
                                row.getBoolean("complete")),
                stored == null
                        ? null
                        : new Recording.Stored(stored, row.getString("stored_sha256")));
    }

    private static Whose whose(ResultSet row) throws SQLException {
        @Nullable String unit = row.getString("unit");
        return unit != null
                ? new Whose.Unit(new UnitId(unit))
                : new Whose.Seat(
                        new MediationId(row.getString("mediation_id")),
                        row.getString("person"),
                        row.getString("room"));
    }

    private static List<Recording> withIncidents(JdbcClient sql, List<Recording> bare) {
        if (bare.isEmpty()) {
            return bare;
        }
        Map<String, Set<IncidentId>> incidents = new HashMap<>();
        sql.sql("select * from recording_incident where recording_id in (:ids)")
                .param("ids", bare.stream().map(Recording::id).toList())
                .query(row -> {
                    incidents
                            .computeIfAbsent(row.getString("recording_id"), _ -> new HashSet<>())
                            .add(new IncidentId(row.getString("incident_id")));
                });
        return bare.stream()
                .map(one -> one.of(incidents.getOrDefault(one.id(), Set.of())))
                .toList();
    }
}
