package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.map.IMap;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.FloorHolder;
import org.maplebridge.dispatch.bus.FloorRegistry;
import org.maplebridge.dispatch.hazelcast.Wire.WireFloor;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;

final class HazelcastFloors implements FloorRegistry {
    private final IMap<String, WireFloor> floors;

    HazelcastFloors(IMap<String, WireFloor> floors) {
        this.floors = floors;
    }

    @Override
    public FloorHolder take(CallId call, long epoch, SessionId holder, MemberId member) {
        var wanted = WireFloor.of(new FloorHolder(call, epoch, holder, member));
        while (true) {
            @Nullable WireFloor there = floors.putIfAbsent(call.value(), wanted);
            if (there == null) {
                return wanted.toHolder();
            }
            if (there.epoch() >= epoch) {
                return there.toHolder();
            }
            if (floors.replace(call.value(), there, wanted)) {
                return wanted.toHolder();
            }
        }
    }

    @Override
    public boolean free(CallId call, long epoch) {
        @Nullable WireFloor there = floors.get(call.value());
        return there != null
                && there.epoch() == epoch
                && there.holder() != null
                && floors.replace(call.value(), there, there.freed());
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
        floors.delete(call.value());
    }

    void drop(MemberId member) {
        heldBy(member).forEach(held -> free(held.call(), held.epoch()));
    }
}
