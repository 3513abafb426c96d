package org.maplebridge.dispatch.bus;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// What the members of an [InProcessBus] that reach each other know together.
///
/// Thread: any, each registry guarded by itself.
final class InProcessRegistries {
    final Presence presence = new Presence();
    final Floors floors = new Floors();
    final Arbiters arbiters = new Arbiters();
    final Sources sources = new Sources();
    final Nodes nodes = new Nodes();
    final Estates estates = new Estates();

    void drop(MemberId member) {
        presence.drop(member);
        floors.drop(member);
        sources.drop(member);
        nodes.drop(member);
    }

    /// The same again, for those who are cut off.
    InProcessRegistries copy() {
        var copy = new InProcessRegistries();
        copy.take(this);
        return copy;
    }

    /// Two sides find together again: what this one, the larger one, has stands; of floors the one
    /// that was given last.
    void take(InProcessRegistries other) {
        other.presence.byPlace.forEach(presence.byPlace::putIfAbsent);
        other.sources.byUnit.forEach(sources.byUnit::putIfAbsent);
        other.estates.byKey.forEach(estates.byKey::putIfAbsent);
        nodes.take(other.nodes);
        other.arbiters.byCall.forEach(arbiters.byCall::putIfAbsent);
        other.floors.holders.forEach((call, theirs) ->
                floors.holders.merge(
                        call, theirs, (ours, _) -> theirs.epoch() > ours.epoch() ? theirs : ours));
    }

    static final class Presence implements PresenceRegistry {
        private final Map<String, Connection> byPlace = new LinkedHashMap<>();

        @Override
        public synchronized Optional<Connection> claim(Connection connection) {
            @Nullable Connection former = byPlace.put(connection.place(), connection);
            return Optional.ofNullable(former)
                    .filter(f -> !f.session().equals(connection.session()));
        }

        @Override
        public synchronized boolean release(Connection connection) {
            return isOurs(connection) && byPlace.remove(connection.place()) != null;
        }

        @Override
        public synchronized List<Connection> renew(Collection<Connection> mine) {
            mine.forEach(connection -> byPlace.putIfAbsent(connection.place(), connection));
            return mine.stream().filter(connection -> !isOurs(connection)).toList();
        }

        @Override
        public synchronized Optional<Connection> at(String place) {
            return Optional.ofNullable(byPlace.get(place));
        }

        @Override
        public List<Connection> ofUnit(UnitId unit) {
            return all().stream().filter(c -> unit.equals(c.unit())).toList();
        }

        @Override
        public List<Connection> ofUser(UserId user) {
            return all().stream().filter(c -> c.user().equals(user)).toList();
        }

        @Override
        public synchronized List<Connection> all() {
            return List.copyOf(byPlace.values());
        }

        synchronized void drop(MemberId member) {
            byPlace.values().removeIf(connection -> connection.member().equals(member));
        }

        private boolean isOurs(Connection connection) {
            @Nullable Connection there = byPlace.get(connection.place());
            return there != null && there.session().equals(connection.session());
        }
    }

    static final class Floors implements FloorRegistry {
        private final Map<CallId, FloorHolder> holders = new HashMap<>();

        @Override
        public synchronized FloorHolder take(
                CallId call, long epoch, SessionId holder, MemberId member) {
            @Nullable FloorHolder known = holders.get(call);
            if (known != null && known.epoch() >= epoch) {
                return known;
            }
            var taken = new FloorHolder(call, epoch, holder, member);
            holders.put(call, taken);
            return taken;
        }

        @Override
        public synchronized boolean free(CallId call, long epoch) {
            @Nullable FloorHolder known = holders.get(call);
            if (known == null || known.epoch() != epoch || known.holder() == null) {
                return false;
            }
            holders.put(call, known.freed());
            return true;
        }

        @Override
        public synchronized Optional<FloorHolder> at(CallId call) {
            return Optional.ofNullable(holders.get(call));
        }

        @Override
        public synchronized Collection<FloorHolder> heldBy(MemberId member) {
            return holders.values().stream()
                    .filter(h -> h.holder() != null && h.member().equals(member))
                    .toList();
        }

        @Override
        public synchronized void forget(CallId call) {
            holders.remove(call);
        }

        synchronized void drop(MemberId member) {
            holders.replaceAll((_, h) -> h.member().equals(member) ? h.freed() : h);
        }
    }

    static final class Arbiters implements ArbiterRegistry {
        private final Map<CallId, Arbiter> byCall = new HashMap<>();

        @Override
        public synchronized Arbiter seat(CallId call, MemberId self) {
            return byCall.computeIfAbsent(call, id -> new Arbiter(id, self, 1));
        }

        @Override
        public synchronized Arbiter takeOver(Arbiter former, MemberId self) {
            var next = new Arbiter(former.call(), self, former.term() + 1);
            return byCall.merge(
                    former.call(), next, (there, _) -> there.equals(former) ? next : there);
        }

        @Override
        public synchronized Optional<Arbiter> at(CallId call) {
            return Optional.ofNullable(byCall.get(call));
        }

        @Override
        public synchronized void vacate(Arbiter last) {
            byCall.remove(last.call(), last);
        }
    }

    static final class Sources implements SourceDirectory {
        private final Map<UnitId, LiveSource> byUnit = new LinkedHashMap<>();

        @Override
        public synchronized Optional<LiveSource> announce(LiveSource source) {
            @Nullable LiveSource former = byUnit.put(source.unit(), source);
            return Optional.ofNullable(former).filter(f -> !f.session().equals(source.session()));
        }

        @Override
        public synchronized boolean withdraw(UnitId unit, String session) {
            @Nullable LiveSource there = byUnit.get(unit);
            return there != null && there.session().equals(session) && byUnit.remove(unit) != null;
        }

        @Override
        public synchronized Optional<LiveSource> of(UnitId unit) {
            return Optional.ofNullable(byUnit.get(unit));
        }

        @Override
        public synchronized Collection<LiveSource> all() {
            return List.copyOf(byUnit.values());
        }

        synchronized void drop(MemberId member) {
            byUnit.values().removeIf(source -> source.member().equals(member));
        }
    }

    static final class Nodes implements NodeDirectory {
        private final Map<MemberId, NodeCard> cards = new LinkedHashMap<>();
        private final Set<MemberId> here = new HashSet<>();

        @Override
        public synchronized void announce(NodeCard card) {
            cards.put(card.member(), card);
        }

        @Override
        public synchronized List<NodeCard> present() {
            return cards.values().stream().filter(c -> here.contains(c.member())).toList();
        }

        @Override
        public synchronized Set<String> addresses() {
            return cards.values().stream()
                    .map(NodeCard::url)
                    .collect(Collectors.toUnmodifiableSet());
        }

        synchronized void drop(MemberId member) {
            here.remove(member);
        }

        synchronized void join(MemberId member) {
            here.add(member);
        }

        synchronized void take(Nodes other) {
            here.addAll(other.here);
            other.cards.forEach(cards::putIfAbsent);
        }
    }

    static final class Estates implements EstateRegistry {
        private final Map<String, Estate> byKey = new ConcurrentHashMap<>();

        @Override
        public void keep(String key, Estate estate) {
            byKey.put(key, estate);
        }

        @Override
        public void renew(Map<String, Estate> mine) {
            mine.forEach(byKey::putIfAbsent);
        }

        @Override
        public Optional<Estate> of(String key) {
            return Optional.ofNullable(byKey.get(key));
        }

        @Override
        public void letGo(String key) {}

        @Override
        public void forget(String key) {
            byKey.remove(key);
        }

        @Override
        public void orphan(MemberId gone) {}
    }
}
