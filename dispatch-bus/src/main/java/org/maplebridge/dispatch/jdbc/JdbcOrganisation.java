package org.maplebridge.dispatch.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Pairing;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.OrganisationStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

final class JdbcOrganisation implements OrganisationStore {
    private static final List<String> TABLES =
            List.of("org_node", "org_pairing", "org_seat", "org_unit", "org_role", "org_user");

    private final Database database;

    JdbcOrganisation(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Organisation> load() throws RecordUnavailable {
        Organisation.Parts parts =
                database.atOneMoment(sql ->
                        new Organisation.Parts(
                                nodes(sql),
                                pairings(sql),
                                seats(sql),
                                units(sql),
                                roles(sql),
                                users(sql)));
        return parts.nodes().isEmpty() ? Optional.empty() : Optional.of(Organisation.of(parts));
    }

    @Override
    public void replace(Organisation organisation) throws RecordUnavailable {
        Organisation.Parts parts = organisation.parts();
        database.together(sql -> {
            TABLES.forEach(table -> sql.sql("delete from " + table).update());
            parts.nodes().forEach(node -> insert(sql, node));
            parts.pairings().forEach(pairing -> insert(sql, pairing));
            parts.seats().forEach(seat -> insert(sql, seat));
            parts.units().forEach(unit -> insert(sql, unit));
            parts.roles().forEach(role -> insert(sql, role));
            parts.users().forEach(user -> insert(sql, user));
            return parts;
        });
    }

    @Override
    public boolean add(Unit unit, Happening happening) throws RecordUnavailable {
        return added(sql -> {
            insert(sql, unit);
            JdbcJournal.append(sql, happening);
        });
    }

    @Override
    public boolean add(User user, Happening happening) throws RecordUnavailable {
        return added(sql -> {
            insert(sql, user);
            JdbcJournal.append(sql, happening);
        });
    }

    private boolean added(Consumer<JdbcClient> work) throws RecordUnavailable {
        try {
            return database.together(sql -> {
                work.accept(sql);
                return true;
            });
        } catch (DuplicateKeyException taken) {
            return false;
        }
    }

    private static List<OrgNode> nodes(JdbcClient sql) {
        return sql.sql("select * from org_node order by sort_key")
                .query((row, _) ->
                        new OrgNode(
                                new NodeId(row.getString("id")),
                                Columns.name(row),
                                OrgNode.Kind.valueOf(row.getString("kind")),
                                Columns.idOrNull(row, "parent", NodeId::new)))
                .list();
    }

    private static void insert(JdbcClient sql, OrgNode node) {
        sql.sql(
                        """
                        insert into org_node (id, name_zh, name_en, kind, parent)
                        values (:id, :zh, :en, :kind, :parent)
                        """)
                .param("id", node.id().value())
                .param("zh", node.name().zh())
                .param("en", node.name().en())
                .param("kind", node.kind().name())
                .param("parent", Columns.textOrNull(node.parent()))
                .update();
    }

    private static List<Pairing> pairings(JdbcClient sql) {
        return sql.sql("select * from org_pairing order by sort_key")
                .query((row, _) ->
                        new Pairing(
                                new NodeId(row.getString("town")),
                                new NodeId(row.getString("police_room")),
                                aspects(row.getString("shared"))))
                .list();
    }

    private static Set<Pairing.Aspect> aspects(String words) {
        return Columns.words(words).stream()
                .map(Pairing.Aspect::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void insert(JdbcClient sql, Pairing pairing) {
        sql.sql(
                        """
                        insert into org_pairing (town, police_room, shared)
                        values (:town, :room, :shared)
                        """)
                .param("town", pairing.town().value())
                .param("room", pairing.policeRoom().value())
                .param("shared", Columns.words(pairing.shared().stream().map(Enum::name).toList()))
                .update();
    }

    private static List<Seat> seats(JdbcClient sql) {
        return sql.sql("select * from org_seat order by sort_key")
                .query((row, _) ->
                        new Seat(
                                new SeatId(row.getString("id")),
                                Columns.name(row),
                                Seat.Duty.valueOf(row.getString("duty")),
                                new NodeId(row.getString("node"))))
                .list();
    }

    private static void insert(JdbcClient sql, Seat seat) {
        sql.sql(
                        """
                        insert into org_seat (id, name_zh, name_en, duty, node)
                        values (:id, :zh, :en, :duty, :node)
                        """)
                .param("id", seat.id().value())
                .param("zh", seat.name().zh())
                .param("en", seat.name().en())
                .param("duty", seat.duty().name())
                .param("node", seat.node().value())
                .update();
    }

    private static List<Unit> units(JdbcClient sql) {
        return sql.sql("select * from org_unit order by sort_key")
                .query((row, _) ->
                        new Unit(
                                new UnitId(row.getString("id")),
                                Columns.name(row),
                                Unit.Kind.valueOf(row.getString("kind")),
                                new NodeId(row.getString("node"))))
                .list();
    }

    private static void insert(JdbcClient sql, Unit unit) {
        sql.sql(
                        """
                        insert into org_unit (id, name_zh, name_en, kind, node)
                        values (:id, :zh, :en, :kind, :node)
                        """)
                .param("id", unit.id().value())
                .param("zh", unit.name().zh())
                .param("en", unit.name().en())
                .param("kind", unit.kind().name())
                .param("node", unit.node().value())
                .update();
    }

    private static List<Role> roles(JdbcClient sql) {
        return sql.sql("select * from org_role order by sort_key")
                .query((row, _) ->
                        new Role(
                                row.getString("id"),
                                Columns.name(row),
                                rights(row.getString("rights")),
                                row.getInt("talk_priority")))
                .list();
    }

    /// A right that this version does not know is not given.
    private static Set<Permission> rights(String words) {
        return Columns.words(words).stream()
                .flatMap(code -> Permission.ofCode(code).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static void insert(JdbcClient sql, Role role) {
        sql.sql(
                        """
                        insert into org_role (id, name_zh, name_en, rights, talk_priority)
                        values (:id, :zh, :en, :rights, :priority)
                        """)
                .param("id", role.id())
                .param("zh", role.name().zh())
                .param("en", role.name().en())
                .param(
                        "rights",
                        Columns.words(role.rights().stream().map(Permission::code).toList()))
                .param("priority", role.talkPriority())
                .update();
    }

    private static List<User> users(JdbcClient sql) {
        return sql.sql("select * from org_user order by sort_key")
                .query((row, _) ->
                        new User(
                                new UserId(row.getString("id")),
                                Columns.name(row),
                                row.getString("role_id"),
                                new NodeId(row.getString("node")),
                                Columns.idOrNull(row, "unit", UnitId::new),
                                Columns.idOrNull(row, "seat", SeatId::new),
                                row.getString("locale")))
                .list();
    }

    private static void insert(JdbcClient sql, User user) {
        sql.sql(
                        """
                        insert into org_user
                            (id, name_zh, name_en, role_id, node, unit, seat, locale)
                        values (:id, :zh, :en, :role, :node, :unit, :seat, :locale)
                        """)
                .param("id", user.id().value())
                .param("zh", user.name().zh())
                .param("en", user.name().en())
                .param("role", user.role())
                .param("node", user.node().value())
                .param("unit", Columns.textOrNull(user.unit()))
                .param("seat", Columns.textOrNull(user.seat()))
                .param("locale", user.locale())
                .update();
    }
}
