package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.map.IMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.bus.Estate;
import org.maplebridge.dispatch.bus.EstateRegistry;
import org.maplebridge.dispatch.hazelcast.Wire.WireEstate;
import org.maplebridge.dispatch.model.MemberId;

final class HazelcastEstates implements EstateRegistry {
    private final IMap<String, WireEstate> estates;

    HazelcastEstates(IMap<String, WireEstate> estates) {
        this.estates = estates;
    }

    @Override
    public void keep(String key, Estate estate) {
        estates.set(key, WireEstate.of(estate), LEASE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void renew(Map<String, Estate> mine) {
        mine.forEach((key, estate) -> {
            if (!estates.setTtl(key, LEASE_SECONDS, TimeUnit.SECONDS)) {
                keep(key, estate);
            }
        });
    }

    @Override
    public Optional<Estate> of(String key) {
        return Optional.ofNullable(estates.get(key)).map(WireEstate::toEstate);
    }

    @Override
    public void letGo(String key) {
        estates.setTtl(key, RESUME_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void forget(String key) {
        estates.delete(key);
    }

    @Override
    public void orphan(MemberId gone) {
        for (var entry : estates.entrySet()) {
            if (entry.getValue().member().equals(gone.value())) {
                letGo(entry.getKey());
            }
        }
    }
}
