package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.map.IMap;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.LiveSource;
import org.maplebridge.dispatch.bus.SourceDirectory;
import org.maplebridge.dispatch.hazelcast.Wire.WireSource;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.UnitId;

final class HazelcastSources implements SourceDirectory {
    private final IMap<String, WireSource> sources;

    HazelcastSources(IMap<String, WireSource> sources) {
        this.sources = sources;
    }

    @Override
    public Optional<LiveSource> announce(LiveSource source) {
        @Nullable WireSource former = sources.put(source.unit().value(), WireSource.of(source));
        return Optional.ofNullable(former)
                .filter(there -> !there.session().equals(source.session()))
                .map(WireSource::toSource);
    }

    @Override
    public boolean withdraw(UnitId unit, String session) {
        @Nullable WireSource there = sources.get(unit.value());
        return there != null
                && there.session().equals(session)
                && sources.remove(unit.value(), there);
    }

    @Override
    public Optional<LiveSource> of(UnitId unit) {
        return Optional.ofNullable(sources.get(unit.value())).map(WireSource::toSource);
    }

    @Override
    public Collection<LiveSource> all() {
        return sources.values().stream().map(WireSource::toSource).toList();
    }

    void drop(MemberId member) {
        for (WireSource there : sources.values()) {
            if (there.member().equals(member.value())) {
                sources.remove(there.unit(), there);
            }
        }
    }
}
