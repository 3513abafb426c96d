package org.maplebridge.dispatch.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.topic.ITopic;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.ArbiterRegistry;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.EstateRegistry;
import org.maplebridge.dispatch.bus.FloorRegistry;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.NodeDirectory;
import org.maplebridge.dispatch.bus.PresenceRegistry;
import org.maplebridge.dispatch.bus.SourceDirectory;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.hazelcast.Wire.WireEnvelope;
import org.maplebridge.dispatch.model.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Hazelcast member as the bus: topics for what is told, maps with one synchronous backup for
/// what has to be known.
///
/// Thread: any. Changes of membership are worked off by one thread of its own, because cleaning up
/// after a lost member blocks.
public final class HazelcastBus implements DispatchBus {
    private static final Logger LOG = LoggerFactory.getLogger(HazelcastBus.class);

    private final MemberId self;
    private final HazelcastInstance hazelcast;
    private final ExecutorService membership;
    private final List<Consumer<MembershipChange>> watchers = new CopyOnWriteArrayList<>();
    private final HazelcastPresence presence;
    private final HazelcastFloors floors;
    private final HazelcastArbiters arbiters;
    private final HazelcastSources sources;
    private final HazelcastNodes nodes;
    private final HazelcastEstates estates;

    private HazelcastBus(MemberId self, HazelcastInstance hazelcast) {
        this.self = self;
        this.hazelcast = hazelcast;
        this.membership =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("bus-membership").factory());
        this.presence = new HazelcastPresence(hazelcast.getMap(MemberConfig.PRESENCE));
        this.floors = new HazelcastFloors(hazelcast.getMap(MemberConfig.FLOORS));
        this.arbiters = new HazelcastArbiters(hazelcast.getMap(MemberConfig.ARBITERS));
        this.sources = new HazelcastSources(hazelcast.getMap(MemberConfig.SOURCES));
        this.nodes = new HazelcastNodes(hazelcast.getMap(MemberConfig.NODES), this::members);
        this.estates = new HazelcastEstates(hazelcast.getMap(MemberConfig.ESTATES));
    }

    /// Starts a member and waits until it has joined or found itself alone.
    public static HazelcastBus start(HazelcastSettings settings) {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(MemberConfig.of(settings));
        var bus = new HazelcastBus(settings.self(), member);
        bus.watch();
        return bus;
    }

    @Override
    public MemberId self() {
        return self;
    }

    @Override
    public Set<MemberId> members() {
        return hazelcast.getCluster().getMembers().stream()
                .map(HazelcastBus::idOf)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void publish(Topic topic, Envelope envelope) {
        topic(topic.name()).publish(WireEnvelope.of(envelope));
    }

    @Override
    public void send(MemberId to, Topic topic, Envelope envelope) {
        topic(nameFor(to, topic)).publish(WireEnvelope.of(envelope));
    }

    @Override
    public Subscription subscribe(Topic topic, Consumer<Envelope> listener) {
        var toAll = subscribe(topic.name(), listener);
        var toUs = subscribe(nameFor(self, topic), listener);
        return () -> {
            toAll.close();
            toUs.close();
        };
    }

    private Subscription subscribe(String name, Consumer<Envelope> listener) {
        ITopic<WireEnvelope> source = topic(name);
        UUID id =
                source.addMessageListener(
                        message -> tell(listener, message.getMessageObject().toEnvelope(), name));
        return () -> {
            if (hazelcast.getLifecycleService().isRunning()) {
                source.removeMessageListener(id);
            }
        };
    }

    /// Only members with a listener of a topic are sent its messages, and of this one only one has.
    private static String nameFor(MemberId to, Topic topic) {
        return topic.name() + "@" + to.value();
    }

    @Override
    public Subscription onMembershipChange(Consumer<MembershipChange> listener) {
        watchers.add(listener);
        return () -> watchers.remove(listener);
    }

    @Override
    public PresenceRegistry presence() {
        return presence;
    }

    @Override
    public FloorRegistry floors() {
        return floors;
    }

    @Override
    public ArbiterRegistry arbiters() {
        return arbiters;
    }

    @Override
    public SourceDirectory sources() {
        return sources;
    }

    @Override
    public NodeDirectory nodes() {
        return nodes;
    }

    @Override
    public EstateRegistry estates() {
        return estates;
    }

    @Override
    public void close() {
        membership.shutdownNow();
        hazelcast.shutdown();
    }

    /// As when the power fails: the others have to notice by themselves.
    void dieForTest() {
        membership.shutdownNow();
        hazelcast.getLifecycleService().terminate();
    }

    private ITopic<WireEnvelope> topic(String name) {
        return hazelcast.getTopic(name);
    }

    private void watch() {
        hazelcast
                .getCluster()
                .addMembershipListener(
                        new MembershipListener() {
                            @Override
                            public void memberAdded(MembershipEvent event) {
                                idOf(event.getMember())
                                        .ifPresent(id -> later(new MembershipChange.Joined(id)));
                            }

                            @Override
                            public void memberRemoved(MembershipEvent event) {
                                idOf(event.getMember())
                                        .ifPresent(id -> later(new MembershipChange.Left(id)));
                            }
                        });
        hazelcast
                .getLifecycleService()
                .addLifecycleListener(event -> {
                    if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
                        foundTogether();
                    }
                });
        mergers()
                .addMessageListener(message ->
                        later(
                                new MembershipChange.Merged(
                                        new MemberId(message.getMessageObject()))));
    }

    /// Only the members that gave up their own half are told by Hazelcast, once all that they had
    /// is with the others. What they brought may differ from what the others took for true, so
    /// everybody has to look anew, ourselves included.
    void foundTogether() {
        mergers().publish(self.value());
    }

    private ITopic<String> mergers() {
        return hazelcast.getTopic("mergers");
    }

    private void later(MembershipChange change) {
        try {
            membership.execute(() -> workOff(change));
        } catch (RejectedExecutionException closing) {
            LOG.debug("membership change while closing: {}", change);
        }
    }

    private void workOff(MembershipChange change) {
        LOG.info("cluster: {}", change);
        if (change instanceof MembershipChange.Left(var gone)) {
            try {
                presence.drop(gone);
                floors.drop(gone);
                sources.drop(gone);
                estates.orphan(gone);
            } catch (RuntimeException failure) {
                LOG.warn("cannot clean up after {}", gone, failure);
            }
        }
        watchers.forEach(watcher -> tell(watcher, change, change.member()));
    }

    /// A listener that fails is our fault and must not stop the others.
    private static <T> void tell(Consumer<T> listener, T told, Object about) {
        try {
            listener.accept(told);
        } catch (RuntimeException failure) {
            LOG.error("listener failed on {}", about, failure);
        }
    }

    private static Optional<MemberId> idOf(Member member) {
        @Nullable String id = member.getAttribute(MemberConfig.ID);
        return Optional.ofNullable(id).filter(Objects::nonNull).map(MemberId::new);
    }
}
