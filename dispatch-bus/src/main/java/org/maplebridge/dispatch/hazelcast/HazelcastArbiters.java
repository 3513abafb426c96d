package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.map.IMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Arbiter;
import org.maplebridge.dispatch.bus.ArbiterRegistry;
import org.maplebridge.dispatch.hazelcast.Wire.WireArbiter;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;

final class HazelcastArbiters implements ArbiterRegistry {
    private final IMap<String, WireArbiter> arbiters;

    HazelcastArbiters(IMap<String, WireArbiter> arbiters) {
        this.arbiters = arbiters;
    }

    @Override
    public Arbiter seat(CallId call, MemberId self) {
        var wanted = new WireArbiter(call.value(), self.value(), 1);
        @Nullable WireArbiter there = arbiters.putIfAbsent(call.value(), wanted);
        return (there == null ? wanted : there).toArbiter();
    }

    @Override
    public Arbiter takeOver(Arbiter former, MemberId self) {
        String call = former.call().value();
        var next = new WireArbiter(call, self.value(), former.term() + 1);
        if (arbiters.replace(call, WireArbiter.of(former), next)) {
            return next.toArbiter();
        }
        @Nullable WireArbiter there = arbiters.putIfAbsent(call, next);
        return (there == null ? next : there).toArbiter();
    }

    @Override
    public Optional<Arbiter> at(CallId call) {
        return Optional.ofNullable(arbiters.get(call.value())).map(WireArbiter::toArbiter);
    }

    @Override
    public void vacate(Arbiter last) {
        arbiters.remove(last.call().value(), WireArbiter.of(last));
    }
}
