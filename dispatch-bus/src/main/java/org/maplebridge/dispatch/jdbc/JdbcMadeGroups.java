package org.maplebridge.dispatch.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.GroupPatch;
import org.maplebridge.dispatch.organisation.MadeGroup;
import org.maplebridge.dispatch.store.MadeGroupStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class JdbcMadeGroups implements MadeGroupStore {
    /// Who was named, and everybody.
    private record Units(Set<UnitId> named, Set<UnitId> all) {
        static Units none() {
            return new Units(new HashSet<>(), new HashSet<>());
        }
    }

    private final Database database;

    JdbcMadeGroups(Database database) {
        this.database = database;
    }

    @Override
    public Keeping make(MadeGroup group, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                insert(sql, group);
                JdbcJournal.append(sql, happening);
                return Keeping.KEPT;
            });
        } catch (DuplicateKeyException taken) {
            return find(group.id()).filter(there -> there.wish().equals(group.wish())).isPresent()
                    ? Keeping.REPEATED
                    : Keeping.CONFLICT;
        }
    }

    @Override
    public boolean close(GroupId id, Instant at, Happening happening) throws RecordUnavailable {
        return ended(
                "update made_group set closed_at = :at where id = :id and closed_at is null",
                id.value(),
                at,
                happening);
    }

    @Override
    public Optional<MadeGroup> find(GroupId id) throws RecordUnavailable {
        return database.atOneMoment(
                sql -> groups(sql, "g.id = :id", Map.of("id", id.value())).stream().findFirst());
    }

    @Override
    public List<MadeGroup> open() throws RecordUnavailable {
        return database.atOneMoment(sql -> groups(sql, "g.closed_at is null", Map.of()));
    }

    @Override
    public Keeping join(GroupPatch patch, Happening happening) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                insert(sql, patch);
                JdbcJournal.append(sql, happening);
                return Keeping.KEPT;
            });
        } catch (DuplicateKeyException taken) {
            return findPatch(patch.id()).filter(there -> there.isRepeatedBy(patch)).isPresent()
                    ? Keeping.REPEATED
                    : Keeping.CONFLICT;
        }
    }

    @Override
    public boolean part(CallId patch, Instant at, Happening happening) throws RecordUnavailable {
        return ended(
                "update group_patch set parted_at = :at where id = :id and parted_at is null",
                patch.value(),
                at,
                happening);
    }

    @Override
    public Optional<GroupPatch> findPatch(CallId id) throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from group_patch where id = :id")
                        .param("id", id.value())
                        .query((row, _) -> patch(row))
                        .optional());
    }

    @Override
    public List<GroupPatch> patches() throws RecordUnavailable {
        return database.run(sql ->
                sql.sql("select * from group_patch where parted_at is null order by made_at, id")
                        .query((row, _) -> patch(row))
                        .list());
    }

    private boolean ended(String update, String id, Instant at, Happening happening)
            throws RecordUnavailable {
        return database.together(sql -> {
            boolean ours =
                    sql.sql(update).param("at", Columns.time(at)).param("id", id).update() == 1;
            if (ours) {
                JdbcJournal.append(sql, happening);
            }
            return ours;
        });
    }

    private void insert(JdbcClient sql, MadeGroup group) {
        var wish = group.wish();
        @Nullable GeoArea area = wish.area();
        sql.sql(
                        """
                        insert into made_group
                            (id, name, node, made_by, made_at, area, incident_id)
                        values (:id, :name, :node, :by, :at, :area, :incident)
                        """)
                .param("id", group.id().value())
                .param("name", wish.name())
                .param("node", group.node().value())
                .param("by", wish.by().value())
                .param("at", Columns.time(group.madeAt()))
                .param("area", area == null ? null : text(area))
                .param("incident", Columns.textOrNull(wish.incident()))
                .update();
        database.batch(
                "insert into made_group_unit (group_id, unit_id, named) values (?, ?, ?)",
                group.members().stream().map(unit -> row(group, unit)).toList());
    }

    private static Object[] row(MadeGroup group, UnitId unit) {
        return new Object[] {group.id().value(), unit.value(), group.wish().units().contains(unit)};
    }

    private static void insert(JdbcClient sql, GroupPatch patch) {
        sql.sql(
                        """
                        insert into group_patch (id, joined, made_by, made_at)
                        values (:id, :joined, :by, :at)
                        """)
                .param("id", patch.id().value())
                .param(
                        "joined",
                        Columns.words(patch.groups().stream().map(GroupId::value).toList()))
                .param("by", patch.by().value())
                .param("at", Columns.time(patch.at()))
                .update();
    }

    /// @param which ones, of `made_group g`; a condition of ours, with its parameters
    private static List<MadeGroup> groups(
            JdbcClient sql, String which, Map<String, String> parameters) {
        Map<String, Units> units = new HashMap<>();
        sql.sql(
                        "select u.* from made_group_unit u join made_group g on g.id = u.group_id"
                                + " where "
                                + which)
                .params(parameters)
                .query(row -> {
                    var of = units.computeIfAbsent(row.getString("group_id"), _ -> Units.none());
                    var unit = new UnitId(row.getString("unit_id"));
                    of.all().add(unit);
                    if (row.getBoolean("named")) {
                        of.named().add(unit);
                    }
                });
        return sql.sql("select * from made_group g where " + which + " order by g.made_at, g.id")
                .params(parameters)
                .query((row, _) ->
                        group(row, units.getOrDefault(row.getString("id"), Units.none())))
                .list();
    }

    private static MadeGroup group(ResultSet row, Units units) throws SQLException {
        @Nullable String area = row.getString("area");
        var wish =
                new MadeGroup.Wish(
                        row.getString("name"),
                        new UserId(row.getString("made_by")),
                        units.named(),
                        area == null ? null : area(area),
                        Columns.idOrNull(row, "incident_id", IncidentId::new));
        return new MadeGroup(
                new GroupId(row.getString("id")),
                wish,
                new NodeId(row.getString("node")),
                Columns.instant(row, "made_at"),
                units.all());
    }

    private static GroupPatch patch(ResultSet row) throws SQLException {
        return new GroupPatch(
                new CallId(row.getString("id")),
                Columns.words(row.getString("joined")).stream()
                        .map(GroupId::new)
                        .collect(Collectors.toUnmodifiableSet()),
                new UserId(row.getString("made_by")),
                Columns.instant(row, "made_at"));
    }

    /// Corners by spaces, latitude and longitude by a comma.
    private static String text(GeoArea area) {
        return area.corners().stream()
                .map(corner -> corner.latitude() + "," + corner.longitude())
                .collect(Collectors.joining(" "));
    }

    private static GeoArea area(String text) {
        return new GeoArea(
                Arrays.stream(text.split(" ", -1))
                        .map(corner -> corner.split(",", -1))
                        .map(pair ->
                                new GeoPoint(
                                        Double.parseDouble(pair[0]), Double.parseDouble(pair[1])))
                        .toList());
    }
}
