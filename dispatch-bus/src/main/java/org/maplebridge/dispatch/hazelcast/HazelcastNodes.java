package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.map.IMap;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.maplebridge.dispatch.bus.NodeCard;
import org.maplebridge.dispatch.bus.NodeDirectory;
import org.maplebridge.dispatch.hazelcast.Wire.WireCard;
import org.maplebridge.dispatch.model.MemberId;

final class HazelcastNodes implements NodeDirectory {
    private final IMap<String, WireCard> cards;
    private final Supplier<Set<MemberId>> members;

    HazelcastNodes(IMap<String, WireCard> cards, Supplier<Set<MemberId>> members) {
        this.cards = cards;
        this.members = members;
    }

    @Override
    public void announce(NodeCard card) {
        cards.set(card.member().value(), WireCard.of(card), REMEMBERED_HOURS, TimeUnit.HOURS);
    }

    @Override
    public Collection<NodeCard> present() {
        Set<MemberId> there = members.get();
        return cards.values().stream()
                .map(WireCard::toCard)
                .filter(card -> there.contains(card.member()))
                .toList();
    }

    @Override
    public Set<String> addresses() {
        return cards.values().stream().map(WireCard::url).collect(Collectors.toUnmodifiableSet());
    }
}
