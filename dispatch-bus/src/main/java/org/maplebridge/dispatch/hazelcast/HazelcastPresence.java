package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.map.IMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.PresenceRegistry;
import org.maplebridge.dispatch.hazelcast.Wire.WireConnection;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

final class HazelcastPresence implements PresenceRegistry {
    /// A lost member is noticed within seconds and cleaned up after; the lease is for what even
    /// that misses.
    static final long LEASE_SECONDS = 60;

    private final IMap<String, WireConnection> places;

    HazelcastPresence(IMap<String, WireConnection> places) {
        this.places = places;
    }

    @Override
    public Optional<Connection> claim(Connection connection) {
        @Nullable WireConnection former =
                places.put(
                        connection.place(),
                        WireConnection.of(connection),
                        LEASE_SECONDS,
                        TimeUnit.SECONDS);
        return Optional.ofNullable(former)
                .filter(there -> !isOf(there, connection))
                .map(WireConnection::toConnection);
    }

    @Override
    public boolean release(Connection connection) {
        @Nullable WireConnection there = places.get(connection.place());
        return there != null && isOf(there, connection) && places.remove(connection.place(), there);
    }

    @Override
    public List<Connection> renew(Collection<Connection> mine) {
        Set<String> keys = new HashSet<>();
        mine.forEach(connection -> keys.add(connection.place()));
        Map<String, WireConnection> known = places.getAll(keys);
        var taken = new ArrayList<Connection>();
        for (Connection connection : mine) {
            @Nullable WireConnection there = known.get(connection.place());
            if (there == null) {
                there = claimIfFree(connection);
            }
            if (there != null && !isOf(there, connection)) {
                taken.add(connection);
            } else {
                places.setTtl(connection.place(), LEASE_SECONDS, TimeUnit.SECONDS);
            }
        }
        return taken;
    }

    @Override
    public Optional<Connection> at(String place) {
        return Optional.ofNullable(places.get(place)).map(WireConnection::toConnection);
    }

    @Override
    public List<Connection> ofUnit(UnitId unit) {
        return matching(there -> unit.value().equals(there.unit()));
    }

    @Override
    public List<Connection> ofUser(UserId user) {
        return matching(there -> user.value().equals(there.user()));
    }

    @Override
    public List<Connection> all() {
        return matching(_ -> true);
    }

    void drop(MemberId member) {
        for (WireConnection there : places.values()) {
            if (there.member().equals(member.value())) {
                places.remove(there.place(), there);
            }
        }
    }

    private @Nullable WireConnection claimIfFree(Connection connection) {
        return places.putIfAbsent(
                connection.place(), WireConnection.of(connection), LEASE_SECONDS, TimeUnit.SECONDS);
    }

    private List<Connection> matching(Predicate<WireConnection> wanted) {
        return places.values().stream().filter(wanted).map(WireConnection::toConnection).toList();
    }

    private static boolean isOf(WireConnection there, Connection connection) {
        return there.session().equals(connection.session().value());
    }
}
