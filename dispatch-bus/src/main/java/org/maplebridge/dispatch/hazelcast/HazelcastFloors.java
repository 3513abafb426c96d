package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.map.IMap;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.FloorHolder;
import org.maplebridge.dispatch.bus.FloorRegistry;
import org.maplebridge.dispatch.hazelcast.Wire.WireFloor;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;

/// Every step is one exchange with the map while one node gives all grants of a call, which is
/// nearly always: it knows what it wrote last.
///
/// Thread: any.
final class HazelcastFloors implements FloorRegistry {
    private final IMap<String, WireFloor> floors;

    /// What this member wrote last of each call; another one may have written since.
    private final Map<String, WireFloor> written = new ConcurrentHashMap<>();

    HazelcastFloors(IMap<String, WireFloor> floors) {
        this.floors = floors;
    }

    @Override
    public FloorHolder take(CallId call, long epoch, SessionId holder, MemberId member) {
        var wanted = WireFloor.of(new FloorHolder(call, epoch, holder, member));
        @Nullable WireFloor last = written.get(call.value());
        if (last != null && last.epoch() < epoch && replace(last, wanted)) {
            return wanted.toHolder();
        }
        while (true) {
            @Nullable WireFloor there = floors.putIfAbsent(call.value(), wanted);
            if (there == null) {
                written.put(call.value(), wanted);
                return wanted.toHolder();
            }
            if (there.epoch() >= epoch) {
                return there.toHolder();
            }
            if (replace(there, wanted)) {
                return wanted.toHolder();
            }
        }
    }

    private boolean replace(WireFloor expected, WireFloor next) {
        boolean replaced = floors.replace(next.call(), expected, next);
        if (replaced) {
            written.put(next.call(), next);
        }
        return replaced;
    }

    @Override
    public boolean free(CallId call, long epoch) {
        return release(written.get(call.value()), epoch)
                || release(floors.get(call.value()), epoch);
    }

    private boolean release(@Nullable WireFloor there, long epoch) {
        return there != null
                && there.epoch() == epoch
                && there.holder() != null
                && replace(there, there.freed());
    }

    @Override
    public Optional<FloorHolder> at(CallId call) {
        return Optional.ofNullable(floors.get(call.value())).map(WireFloor::toHolder);
    }

    @Override
    public Collection<FloorHolder> heldBy(MemberId member) {
        return floors.values().stream()
                .filter(there -> there.holder() != null)
                .filter(there -> there.member().equals(member.value()))
                .map(WireFloor::toHolder)
                .toList();
    }

    @Override
    public void forget(CallId call) {
        written.remove(call.value());
        floors.delete(call.value());
    }

    void drop(MemberId member) {
        heldBy(member).forEach(held -> free(held.call(), held.epoch()));
    }
}
