package org.maplebridge.dispatch.bus;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.MemberId;

/// A bus within one process, for tests of what stands on the bus: several members may share one
/// memory, be cut off from each other and find together again. Envelopes arrive before [#publish]
/// returns, on the publisher's thread. Leases never end by themselves.
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

    /// This member and all others lose each other: each side knows what both knew, and goes on.
    public void cutOff() {
        shared.cutOff(self);
    }

    /// All members find together again; whoever was cut off takes over what the others know.
    public void heal() {
        shared.heal();
    }

    /// While it is, this member hears no news of members; it does when it is no longer.
    public void deaf(boolean on) {
        shared.deaf(self, on);
    }

    @Override
    public MemberId self() {
        return self;
    }

    @Override
    public Set<MemberId> members() {
        return shared.reachedBy(self);
    }

    @Override
    public void publish(Topic topic, Envelope envelope) {
        shared.publish(self, topic, envelope);
    }

    @Override
    public void send(MemberId to, Topic topic, Envelope envelope) {
        shared.send(self, to, topic, envelope);
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
        return shared.known(self).presence;
    }

    @Override
    public FloorRegistry floors() {
        return shared.known(self).floors;
    }

    @Override
    public ArbiterRegistry arbiters() {
        return shared.known(self).arbiters;
    }

    @Override
    public SourceDirectory sources() {
        return shared.known(self).sources;
    }

    @Override
    public NodeDirectory nodes() {
        return shared.known(self).nodes;
    }

    @Override
    public EstateRegistry estates() {
        return shared.known(self).estates;
    }

    @Override
    public void close() {
        shared.leave(self);
    }

    private record Listener<T>(MemberId member, Consumer<T> consumer) {}

    private static final class Shared {
        private final InProcessRegistries all = new InProcessRegistries();

        /// What each member and those whom it reaches know.
        private final Map<MemberId, InProcessRegistries> sides = new ConcurrentHashMap<>();

        private final Map<Topic, List<Listener<Envelope>>> listeners = new EnumMap<>(Topic.class);
        private final List<Listener<MembershipChange>> watchers = new CopyOnWriteArrayList<>();

        /// What members who are deaf missed until now.
        private final Map<MemberId, List<MembershipChange>> missed = new ConcurrentHashMap<>();

        Shared() {
            for (Topic topic : Topic.values()) {
                listeners.put(topic, new CopyOnWriteArrayList<>());
            }
        }

        List<Listener<Envelope>> listeners(Topic topic) {
            return listeners.getOrDefault(topic, List.of());
        }

        InProcessRegistries known(MemberId member) {
            return sides.getOrDefault(member, all);
        }

        Set<MemberId> reachedBy(MemberId member) {
            return reachedBy(known(member));
        }

        synchronized void publish(MemberId from, Topic topic, Envelope envelope) {
            var reached = reachedBy(from);
            listeners(topic).stream()
                    .filter(listener -> reached.contains(listener.member()))
                    .forEach(listener -> listener.consumer().accept(envelope));
        }

        synchronized void send(MemberId from, MemberId to, Topic topic, Envelope envelope) {
            if (reachedBy(from).contains(to)) {
                listeners(topic).stream()
                        .filter(listener -> listener.member().equals(to))
                        .forEach(listener -> listener.consumer().accept(envelope));
            }
        }

        <T> Subscription listen(MemberId member, List<Listener<T>> list, Consumer<T> consumer) {
            var listener = new Listener<>(member, consumer);
            list.add(listener);
            return () -> list.remove(listener);
        }

        void join(MemberId member) {
            sides.put(member, all);
            all.nodes.join(member);
            tell(reachedBy(member), new MembershipChange.Joined(member));
        }

        void leave(MemberId member) {
            @Nullable InProcessRegistries side = sides.remove(member);
            if (side == null) {
                return;
            }
            listeners.values().forEach(list -> list.removeIf(l -> l.member().equals(member)));
            watchers.removeIf(watcher -> watcher.member().equals(member));
            side.drop(member);
            tell(reachedBy(side), new MembershipChange.Left(member));
        }

        void cutOff(MemberId member) {
            var side = known(member);
            var alone = side.copy();
            sides.put(member, alone);
            var others = reachedBy(side);
            side.drop(member);
            others.forEach(alone::drop);
            tell(others, new MembershipChange.Left(member));
            others.forEach(other -> tell(Set.of(member), new MembershipChange.Left(other)));
        }

        void heal() {
            var before = reachedBy(all);
            for (var member : Set.copyOf(sides.keySet())) {
                var side = known(member);
                if (side == all) {
                    continue;
                }
                all.take(side);
                sides.put(member, all);
                tell(before, new MembershipChange.Joined(member));
                before.forEach(other -> tell(Set.of(member), new MembershipChange.Joined(other)));
                tell(reachedBy(all), new MembershipChange.Merged(member));
            }
        }

        private Set<MemberId> reachedBy(InProcessRegistries side) {
            return sides.keySet().stream()
                    .filter(member -> sides.get(member) == side)
                    .collect(Collectors.toUnmodifiableSet());
        }

        void deaf(MemberId member, boolean on) {
            if (on) {
                missed.put(member, new CopyOnWriteArrayList<>());
                return;
            }
            @Nullable List<MembershipChange> late = missed.remove(member);
            if (late != null) {
                late.forEach(change -> tell(Set.of(member), change));
            }
        }

        private void tell(Set<MemberId> whom, MembershipChange change) {
            for (var watcher : watchers) {
                @Nullable List<MembershipChange> late = missed.get(watcher.member());
                if (whom.contains(watcher.member()) && late == null) {
                    watcher.consumer().accept(change);
                }
            }
            whom.stream().map(missed::get).filter(Objects::nonNull).forEach(l -> l.add(change));
        }
    }
}
