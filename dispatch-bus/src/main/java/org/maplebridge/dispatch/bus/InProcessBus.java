package org.maplebridge.dispatch.bus;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A bus within one process, for tests of what stands on the bus: several members may share one
/// memory. Envelopes arrive before [#publish] returns, on the publisher's thread. Leases never end
/// by themselves.
///
/// Thread: any, guarded by the shared memory.
public final class InProcessBus implements DispatchBus {
    private final MemberId self;
    private final Shared shared;

    private InProcessBus(MemberId self, Shared shared) {
        this.self = self;
        this.shared = shared;
        shared.join(self);
    }

    public static InProcessBus alone(MemberId self) {
        return new InProcessBus(self, new Shared());
    }

    /// Another member that shares this one's memory.
    public InProcessBus joinedBy(MemberId other) {
        return new InProcessBus(other, shared);
    }

    @Override
    public MemberId self() {
        return self;
    }

    @Override
    public Set<MemberId> members() {
        return Set.copyOf(shared.members);
    }

    @Override
    public void publish(Topic topic, Envelope envelope) {
        shared.publish(topic, envelope);
    }

    @Override
    public void send(MemberId to, Topic topic, Envelope envelope) {
        shared.send(to, topic, envelope);
    }

    @Override
    public Subscription subscribe(Topic topic, Consumer<Envelope> listener) {
        return shared.listen(self, shared.listeners(topic), listener);
    }

    @Override
    public Subscription onMembershipChange(Consumer<MembershipChange> listener) {
        return shared.listen(self, shared.watchers, listener);
    }

    @Override
    public PresenceRegistry presence() {
        return shared.presence;
    }

    @Override
    public FloorRegistry floors() {
        return shared.floors;
    }

    @Override
    public ArbiterRegistry arbiters() {
        return shared.arbiters;
    }

    @Override
    public SourceDirectory sources() {
        return shared.sources;
    }

    @Override
    public NodeDirectory nodes() {
        return shared.nodes;
    }

    @Override
    public EstateRegistry estates() {
        return shared.estates;
    }

    @Override
    public void close() {
        shared.leave(self);
    }

    private record Listener<T>(MemberId member, Consumer<T> consumer) {}

    private static final class Shared {
        private final List<MemberId> members = new CopyOnWriteArrayList<>();
        private final Map<Topic, List<Listener<Envelope>>> listeners = new EnumMap<>(Topic.class);
        private final List<Listener<MembershipChange>> watchers = new CopyOnWriteArrayList<>();
        private final Presence presence = new Presence();
        private final Floors floors = new Floors();
        private final Arbiters arbiters = new Arbiters();
        private final Sources sources = new Sources();
        private final Nodes nodes = new Nodes(members);
        private final Estates estates = new Estates();

        Shared() {
            for (Topic topic : Topic.values()) {
                listeners.put(topic, new CopyOnWriteArrayList<>());
            }
        }

        List<Listener<Envelope>> listeners(Topic topic) {
            return listeners.getOrDefault(topic, List.of());
        }

        synchronized void publish(Topic topic, Envelope envelope) {
            listeners(topic).forEach(listener -> listener.consumer().accept(envelope));
        }

        synchronized void send(MemberId to, Topic topic, Envelope envelope) {
            listeners(topic).stream()
                    .filter(listener -> listener.member().equals(to))
                    .forEach(listener -> listener.consumer().accept(envelope));
        }

        <T> Subscription listen(MemberId member, List<Listener<T>> list, Consumer<T> consumer) {
            var listener = new Listener<>(member, consumer);
            list.add(listener);
            return () -> list.remove(listener);
        }

        void join(MemberId member) {
            members.add(member);
            watchers.forEach(w -> w.consumer().accept(new MembershipChange.Joined(member)));
        }

        void leave(MemberId member) {
            if (!members.remove(member)) {
                return;
            }
            listeners.values().forEach(list -> list.removeIf(l -> l.member().equals(member)));
            watchers.removeIf(watcher -> watcher.member().equals(member));
            presence.drop(member);
            floors.drop(member);
            sources.drop(member);
            watchers.forEach(w -> w.consumer().accept(new MembershipChange.Left(member)));
        }
    }

    private static final class Presence implements PresenceRegistry {
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

    private static final class Floors implements FloorRegistry {
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

    private static final class Arbiters implements ArbiterRegistry {
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

    private static final class Sources implements SourceDirectory {
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

    private static final class Nodes implements NodeDirectory {
        private final List<MemberId> members;
        private final Map<MemberId, NodeCard> cards = new LinkedHashMap<>();

        Nodes(List<MemberId> members) {
            this.members = members;
        }

        @Override
        public synchronized void announce(NodeCard card) {
            cards.put(card.member(), card);
        }

        @Override
        public synchronized List<NodeCard> present() {
            return cards.values().stream().filter(c -> members.contains(c.member())).toList();
        }

        @Override
        public synchronized Set<String> addresses() {
            return cards.values().stream()
                    .map(NodeCard::url)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    private static final class Estates implements EstateRegistry {
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
