package org.maplebridge.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.bus.InProcessBus;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.AuditStore;
import org.maplebridge.dispatch.store.OrganisationStore;
import org.maplebridge.load.client.Door;
import org.maplebridge.load.client.Fleet;
import org.maplebridge.load.client.VoiceOffer;
import org.maplebridge.load.client.VoiceTerminal;
import org.maplebridge.load.client.VoiceTerminals;
import org.maplebridge.load.client.pattern.VideoPattern;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.netty.LocalAddress;
import org.maplebridge.media.netty.RelayConfig;
import org.maplebridge.media.netty.RelayNode;
import org.maplebridge.media.srtp.SrtpProfile;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.scene.floor.Carrying.Talker;
import org.maplebridge.signaling.scene.link.Crossings;
import org.maplebridge.signaling.scene.link.Links;
import org.maplebridge.signaling.scene.link.Place;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;

/// Four real relays: a car at node A in the police's network, its gateway P, the gateway V of the
/// video network, and people at C in that one, who see and hear it.
class GatewaySmokeTest {
    private static final int RECEIVERS = 4;
    private static final int ENOUGH_PACKETS = 40;
    private static final int BURST = 41;
    private static final byte[] SECRET = "sixteen bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final SourceId GROUP = Sources.channel(new CallId("group-xinhe"));
    private static final SourceId CAMERA = Sources.camera(new UnitId("car1"));
    private static final SourceId MICROPHONE = Sources.microphone(new UnitId("car1"));

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Memory memory = new Memory();
    private final CountDownLatch slotsStarted = new CountDownLatch(RECEIVERS);
    private final VoiceTerminals terminals = new VoiceTerminals(1);
    private List<Node> nodes = List.of();

    @BeforeEach
    void start() throws Exception {
        var bus = InProcessBus.alone(new MemberId("a"));
        nodes =
                List.of(
                        new Node(bus, new Place("police", false)),
                        new Node(bus.joinedBy(new MemberId("p")), new Place("police", true)),
                        new Node(bus.joinedBy(new MemberId("v")), new Place("video", true)),
                        new Node(bus.joinedBy(new MemberId("c")), new Place("video", false)));
        for (int i = 0; i < 3; i++) {
            var next = nodes.get(i + 1).bus.self().value();
            var node = nodes.get(i);
            eventually(() -> Optional.ofNullable(node.legs.get(next)));
        }
    }

    @AfterEach
    void stop() {
        terminals.close();
        nodes.forEach(Node::close);
        timer.shutdownNow();
    }

    @Test
    void aPictureAndAVoiceCrossOnceOverEachLink() throws Exception {
        Node c = nodes.get(3);
        var here = eventually(() -> c.links.want(nodes.get(0).bus.self(), CAMERA, true));
        try (var fleet = watching(here)) {
            awaitPicture(fleet);
            long came = c.relay.sourceStats(here).get(5, TimeUnit.SECONDS).packets();
            for (int i = 0; i < 3; i++) {
                assertThat(sentOn(i) - came).as("link %d", i).isBetween(-20L, 60L);
            }
        }

        assertThatAVoiceCrosses();
        assertThat(memory.subjects()).containsExactlyInAnyOrder(CAMERA.value(), GROUP.value());
    }

    /// The further end of the link between the gateways is gone at once, and nobody says so: the
    /// nearer one misses its consent (RFC 7675), and offers another.
    @Test
    void aPictureAndAVoiceCrossAgainAfterTheLinkBetweenTheGatewaysDied() throws Exception {
        Node p = nodes.get(1);
        Node v = nodes.get(2);
        var here = eventually(() -> nodes.get(3).links.want(nodes.get(0).bus.self(), CAMERA, true));
        try (var fleet = watching(here)) {
            awaitPicture(fleet);
            var dead = legTo(v, p);
            v.relay.close(dead);
            eventually(() -> dead.equals(legTo(v, p)) ? Optional.empty() : Optional.of(true));
            awaitPicture(fleet);
        }

        assertThatAVoiceCrosses();
    }

    private static LegId legTo(Node from, Node to) {
        return Objects.requireNonNull(from.legs.get(to.bus.self().value()));
    }

    /// A camera at the first node, and people at the last one who see it.
    private Fleet watching(SourceId shown) throws Exception {
        var profiles = List.of(SrtpProfile.AEAD_AES_128_GCM);
        var doors = new Doors(nodes.getFirst().relay, nodes.getLast().relay, shown);
        var fleet = new Fleet(doors, CAMERA.value(), true, profiles, true);
        fleet.publish(new VideoPattern(500_000, 30, 1));
        fleet.growTo(RECEIVERS);
        assertThat(slotsStarted.await(20, TimeUnit.SECONDS)).as("all slots").isTrue();
        return fleet;
    }

    private static void awaitPicture(Fleet fleet) throws Exception {
        fleet.startWindow();
        var window = fleet.awaitReceived(RECEIVERS * ENOUGH_PACKETS, TimeUnit.SECONDS.toNanos(20));
        assertThat(window.received()).isGreaterThanOrEqualTo(RECEIVERS * ENOUGH_PACKETS);
        assertThat(window.missing()).isZero();
    }

    private void assertThatAVoiceCrosses() throws Exception {
        Node a = nodes.getFirst();
        Node c = nodes.getLast();
        a.relay.openChannel(GROUP);
        c.relay.openChannel(GROUP);
        var talker = connected(a.relay, "car1");
        var listener = connected(c.relay, "listener");
        c.relay.attach(new LegId("listener"), "1", GROUP);
        var first = listener.nextArrival();
        a.links.begin(GROUP, new Talker(MICROPHONE, new NodeId("xinhe")), 1, List.of(c.bus.self()));
        a.relay.giveFloor(GROUP, MICROPHONE, 1, System.nanoTime());
        talker.press(BURST);
        talker.granted();

        first.get(10, TimeUnit.SECONDS);
        listener.nextArrival().get(10, TimeUnit.SECONDS);
        assertThat(listener.takeHeard().getFirst().burst()).isEqualTo(BURST);
    }

    /// Packets of the picture over the link from this node to the next.
    private long sentOn(int index) throws Exception {
        var next = nodes.get(index + 1).bus.self().value();
        var leg = Objects.requireNonNull(nodes.get(index).legs.get(next));
        var stats = nodes.get(index).relay.legStats(leg).get(5, TimeUnit.SECONDS);
        return stats.slots().getFirst().packets();
    }

    private VoiceTerminal connected(RelayNode relay, String name) throws Exception {
        var terminal = terminals.make();
        var microphone = Sources.microphone(new UnitId(name));
        var plan = new LegPlan("town", Map.of(VoiceOffer.MICROPHONE, microphone), Map.of());
        var negotiation = relay.open(new LegId(name), terminal.offer(2).text(), plan);
        if (!(negotiation instanceof Negotiation.Accepted(String answer, boolean _))) {
            throw new AssertionError(negotiation.toString());
        }
        terminal.accept(answer).get(20, TimeUnit.SECONDS);
        return terminal;
    }

    private static <T> T eventually(Supplier<Optional<T>> found) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() - until < 0) {
            Optional<T> now = found.get();
            if (now.isPresent()) {
                return now.get();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        throw new AssertionError("it never came");
    }

    /// A relay with its links, and nothing else of a node.
    private final class Node implements AutoCloseable {
        final InProcessBus bus;
        final RelayNode relay;
        final Links links;

        /// Those that stand, by the node at the other end.
        final Map<String, LegId> legs = new ConcurrentHashMap<>();

        Node(InProcessBus bus, Place place) throws Exception {
            this.bus = bus;
            InetAddress loopback = InetAddress.getLoopbackAddress();
            var addresses = List.of(new LocalAddress(loopback, loopback));
            relay =
                    RelayNode.start(
                            new RelayConfig(0, addresses, 1, 100, true),
                            event -> timer.execute(() -> told(event)));
            var crossings =
                    new Crossings(
                            place.network(),
                            List.of("xinhe"),
                            new Roster(memory),
                            bus.presence(),
                            new Audit(memory, InstantSource.system()));
            links = new Links(bus, relay, place, crossings, SECRET, timer, System::nanoTime);
        }

        private void told(RelayEvent event) {
            switch (event) {
                case RelayEvent.LegConnected(var leg, _) when leg.value().startsWith("link:") -> {
                    links.connected(leg);
                    legs.put(leg.value().split(":")[1], leg);
                }
                case RelayEvent.LegLost(var leg, var cause) -> links.lost(leg, cause);
                case RelayEvent.SlotStarted(var leg, _, _) when !leg.value().startsWith("link:") ->
                        slotsStarted.countDown();
                default -> {}
            }
        }

        @Override
        public void close() {
            links.close();
            relay.close();
        }
    }

    /// The camera goes to one node, its viewers to the other.
    private record Doors(RelayNode here, RelayNode there, SourceId shown) implements Door {
        @Override
        public String publish(String leg, String source, String offer) {
            return open(here, leg, offer, Map.of("0", new SourceId(source)));
        }

        @Override
        public String play(String leg, String source, String offer) {
            String answer = open(there, leg, offer, Map.of());
            there.attach(new LegId(leg), "0", shown);
            return answer;
        }

        @Override
        public void leave(String leg) {
            here.close(new LegId(leg));
            there.close(new LegId(leg));
        }

        private static String open(
                RelayNode node, String leg, String offer, Map<String, SourceId> publishes) {
            var plan = new LegPlan(leg, publishes, Map.of());
            return switch (node.open(new LegId(leg), offer, plan)) {
                case Negotiation.Accepted(String answer, boolean _) -> answer;
                case Negotiation.Refused refused -> throw new AssertionError(refused.toString());
            };
        }
    }

    /// The demo county's organisation, and an audit that is kept while the test lasts.
    private static final class Memory implements OrganisationStore, AuditStore {
        private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

        List<String> subjects() {
            return entries.stream().map(AuditEntry::subject).toList();
        }

        @Override
        public Optional<Organisation> load() {
            return Optional.of(DemoCounty.organisation());
        }

        @Override
        public void replace(Organisation organisation) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean add(Unit unit, Happening happening) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean add(User user, Happening happening) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void append(AuditEntry entry) {
            entries.add(entry);
        }

        @Override
        public void append(List<AuditEntry> more) {
            entries.addAll(more);
        }

        @Override
        public List<AuditEntry> find(
                String who, String subject, Instant from, Instant until, int limit) {
            return List.copyOf(entries);
        }
    }
}
