package org.maplebridge.dispatch.organisation;

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
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// The whole organisation as one value: tree, pairs, seats, units, roles, people, and the talk
/// groups that follow from them. A change makes a new value.
///
/// Thread: any, immutable.
public final class Organisation {
    /// Deeper trees than city → town → station → village → grid are a mistake in the data.
    static final int MAX_DEPTH = 8;

    private final Parts parts;
    private final Map<NodeId, OrgNode> nodes;
    private final Map<NodeId, List<Unit>> unitsByNode;
    private final Map<UnitId, Unit> units;
    private final Map<SeatId, Seat> seats;
    private final Map<String, Role> roles;
    private final Map<UserId, User> users;
    private final Map<NodeId, Map<NodeId, Set<Pairing.Aspect>>> partners;
    private final Map<GroupId, TalkGroup> groups;

    /// The plain lists that an organisation is made of; what is stored.
    public record Parts(
            List<OrgNode> nodes,
            List<Pairing> pairings,
            List<Seat> seats,
            List<Unit> units,
            List<Role> roles,
            List<User> users) {
        public Parts {
            nodes = List.copyOf(nodes);
            pairings = List.copyOf(pairings);
            seats = List.copyOf(seats);
            units = List.copyOf(units);
            roles = List.copyOf(roles);
            users = List.copyOf(users);
        }
    }

    private Organisation(Parts parts) {
        this.parts = parts;
        nodes = index(parts.nodes(), OrgNode::id);
        units = index(parts.units(), Unit::id);
        seats = index(parts.seats(), Seat::id);
        roles = index(parts.roles(), Role::id);
        users = index(parts.users(), User::id);
        requireTree();
        requireReferences();
        unitsByNode = new HashMap<>();
        parts.units()
                .forEach(u -> unitsByNode.computeIfAbsent(u.node(), _ -> new ArrayList<>()).add(u));
        partners = new HashMap<>();
        parts.pairings().forEach(this::addPair);
        groups = index(TalkGroups.of(this), TalkGroup::id);
    }

    /// @throws IllegalArgumentException when an id stands twice, a reference leads nowhere, or the
    ///   tree is none
    public static Organisation of(Parts parts) {
        return new Organisation(parts);
    }

    public Parts parts() {
        return parts;
    }

    /// The one without a parent.
    public OrgNode centre() {
        return nodes.values().stream()
                .filter(node -> node.kind() == OrgNode.Kind.CENTRE)
                .findFirst()
                .orElseThrow();
    }

    public Collection<OrgNode> nodes() {
        return nodes.values();
    }

    public Collection<Unit> units() {
        return units.values();
    }

    public Collection<User> users() {
        return users.values();
    }

    public Collection<TalkGroup> groups() {
        return groups.values();
    }

    public Optional<OrgNode> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    public Optional<Unit> unit(UnitId id) {
        return Optional.ofNullable(units.get(id));
    }

    public Optional<Seat> seat(SeatId id) {
        return Optional.ofNullable(seats.get(id));
    }

    public Optional<Role> role(String id) {
        return Optional.ofNullable(roles.get(id));
    }

    public Optional<User> user(UserId id) {
        return Optional.ofNullable(users.get(id));
    }

    public Optional<TalkGroup> group(GroupId id) {
        return Optional.ofNullable(groups.get(id));
    }

    /// Units that stand directly at this node, not below it.
    public List<Unit> unitsAt(NodeId node) {
        return List.copyOf(unitsByNode.getOrDefault(node, List.of()));
    }

    public boolean allows(User user, Permission permission) {
        @Nullable Role role = roles.get(user.role());
        return role != null && role.allows(permission);
    }

    /// Whether `node` is `ancestor` or lies below it.
    public boolean isWithin(NodeId node, NodeId ancestor) {
        @Nullable NodeId at = node;
        while (at != null) {
            if (at.equals(ancestor)) {
                return true;
            }
            @Nullable OrgNode found = nodes.get(at);
            at = found == null ? null : found.parent();
        }
        return false;
    }

    /// What the rooms paired with `node` share with it, by partner.
    Map<NodeId, Set<Pairing.Aspect>> partnersOf(NodeId node) {
        return partners.getOrDefault(node, Map.of());
    }

    public Organisation with(Unit added) {
        return of(
                new Parts(
                        parts.nodes(),
                        parts.pairings(),
                        parts.seats(),
                        appended(parts.units(), added),
                        parts.roles(),
                        parts.users()));
    }

    public Organisation with(User added) {
        return of(
                new Parts(
                        parts.nodes(),
                        parts.pairings(),
                        parts.seats(),
                        parts.units(),
                        parts.roles(),
                        appended(parts.users(), added)));
    }

    private void addPair(Pairing pair) {
        requireKnown(nodes, pair.town());
        requireKnown(nodes, pair.policeRoom());
        share(pair.town(), pair.policeRoom(), pair.shared());
        share(pair.policeRoom(), pair.town(), pair.shared());
    }

    private void share(NodeId viewer, NodeId partner, Set<Pairing.Aspect> aspects) {
        partners.computeIfAbsent(viewer, _ -> new HashMap<>())
                .merge(
                        partner,
                        aspects,
                        (a, b) -> {
                            var both = new HashSet<>(a);
                            both.addAll(b);
                            return Set.copyOf(both);
                        });
    }

    private void requireTree() {
        for (OrgNode node : nodes.values()) {
            int depth = 0;
            @Nullable NodeId above = node.parent();
            if (above == null && node.kind() != OrgNode.Kind.CENTRE) {
                throw new IllegalArgumentException(node.id() + " hangs in the air");
            }
            while (above != null) {
                above = requireKnown(nodes, above).parent();
                if (++depth > MAX_DEPTH) {
                    throw new IllegalArgumentException(node.id() + " lies too deep or in a circle");
                }
            }
        }
    }

    private void requireReferences() {
        units.values().forEach(unit -> requireKnown(nodes, unit.node()));
        seats.values().forEach(seat -> requireKnown(nodes, seat.node()));
        for (User user : users.values()) {
            requireKnown(nodes, user.node());
            requireKnown(roles, user.role());
            @Nullable UnitId unit = user.unit();
            if (unit != null) {
                requireKnown(units, unit);
            }
            @Nullable SeatId seat = user.seat();
            if (seat != null) {
                requireKnown(seats, seat);
            }
        }
    }

    private static <K, V> V requireKnown(Map<K, V> map, K key) {
        @Nullable V found = map.get(key);
        if (found == null) {
            throw new IllegalArgumentException("unknown: " + key);
        }
        return found;
    }

    private static <K, V> Map<K, V> index(Collection<V> values, Function<V, K> key) {
        var map = new LinkedHashMap<K, V>();
        for (V value : values) {
            if (map.put(key.apply(value), value) != null) {
                throw new IllegalArgumentException("twice: " + key.apply(value));
            }
        }
        return map;
    }

    private static <T> List<T> appended(List<T> list, T added) {
        var longer = new ArrayList<>(list);
        longer.add(added);
        return longer;
    }
}
