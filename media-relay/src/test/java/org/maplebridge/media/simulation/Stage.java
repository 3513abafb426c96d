package org.maplebridge.media.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.Redundancy;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.record.TalkTap;
import org.maplebridge.media.relay.LoopMessage;
import org.maplebridge.media.relay.LoopPort;
import org.maplebridge.media.relay.LoopRelay;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.simulation.SimulatedNetwork.Way;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.wire.OutboundBatch;
import org.maplebridge.media.wire.PeerPath;

/// A relay of one or more loops, and peers around it, in simulated time.
///
/// Thread: the test's.
public final class Stage {
    public static final long MILLI = 1_000_000L;
    public static final long SECOND = 1_000 * MILLI;
    private static final long START_NANOS = 1_000_000_000_000L;

    public final SimulatedNetwork network;
    public final List<RelayEvent> events = new ArrayList<>();
    public final List<RecordedTalk> recordings = new ArrayList<>();
    private final List<Loop> loops = new ArrayList<>();
    private final Map<PeerPath, Way> ways = new HashMap<>();
    private final List<SimulatedPublisher> publishers = new ArrayList<>();
    private final List<SimulatedViewer> viewers = new ArrayList<>();
    private final SplittableRandom random;
    private int nextPort = 20_000;
    private Function<PeerPath, @Nullable Way> elsewhere = path -> null;

    public Stage(long seed) {
        this(seed, 1);
    }

    public Stage(long seed, int loopCount) {
        this(seed, loopCount, newNetwork(seed));
    }

    /// One of several relays on the same network; then [#before] and [#after] pass the time.
    public Stage(long seed, int loopCount, SimulatedNetwork shared) {
        network = shared;
        random = new SplittableRandom(seed + 1);
        for (int i = 0; i < loopCount; i++) {
            loops.add(new Loop(i));
        }
    }

    public static SimulatedNetwork newNetwork(long seed) {
        return new SimulatedNetwork(seed, START_NANOS);
    }

    /// One media loop and its mailbox.
    private final class Loop implements LoopPort {
        private final int self;
        private final Queue<LoopMessage> mailbox = new ArrayDeque<>();
        private final LoopRelay relay;
        private final OutboundBatch out = new OutboundBatch(64, this::send);
        private long tickAtNanos;

        private Loop(int self) {
            this.self = self;
            this.relay = new LoopRelay(this, events::add, this::begin, random::nextInt, 7 * SECOND);
        }

        private TalkTap begin(SourceId channel, long epoch, Path file) {
            var talk = new RecordedTalk(epoch);
            recordings.add(talk);
            return talk;
        }

        private void send(OutboundBatch batch) {
            for (int i = 0; i < batch.count(); i++) {
                MemorySegment datagram =
                        batch.memory().asSlice(OutboundBatch.offset(i), batch.length(i));
                Way way = ways.get(batch.path(i));
                if (way == null) {
                    way = elsewhere.apply(batch.path(i));
                }
                if (way == null) {
                    throw new AssertionError("a datagram to nobody: " + batch.path(i));
                }
                way.send(datagram.toArray(ValueLayout.JAVA_BYTE));
            }
        }

        private void endBurst(long now) {
            while (!mailbox.isEmpty()) {
                relay.onMessage(mailbox.poll(), now);
            }
            relay.onBurstEnd(now, out);
            out.flush();
        }

        /// As the shell does: when the relay wishes, and here every 5 ms in any case.
        private void tickIfDue(long now) {
            tickAtNanos = Math.min(tickAtNanos, now + relay.pauseNanos());
            if (now >= tickAtNanos) {
                tickAtNanos = now + Math.min(relay.tick(now, out), 5 * MILLI);
                out.flush();
            }
        }

        @Override
        public int self() {
            return self;
        }

        @Override
        public int loops() {
            return Math.max(1, Stage.this.loops.size());
        }

        @Override
        public void post(int loop, LoopMessage message) {
            Stage.this.loops.get(loop).mailbox.add(message);
        }

        @Override
        public boolean handOver(PeerPath from, byte[] data, int offset, int length) {
            return false;
        }

        @Override
        public void claims(PeerPath path) {}

        @Override
        public void yields(PeerPath path) {}

        @Override
        public void claimsFragment(String localFragment) {}

        @Override
        public void yieldsFragment(String localFragment) {}
    }

    /// One connected peer.
    public final class Peer {
        public final LegId id;
        public final PlainTransport transport;
        public final Way up;
        public final Way down;
        private final int loop;
        private PeerPath path;
        private final List<SimulatedPublisher> sends = new ArrayList<>();
        private final SimulatedViewer viewer = new SimulatedViewer(97);
        private Consumer<byte[]> hears = datagram -> {};

        private Peer(String name, int loop, Weather weather) {
            this.id = new LegId(name);
            this.loop = loop;
            this.transport = new PlainTransport("fragment-" + name);
            this.path = freshPath();
            this.up =
                    network.way(
                            weather,
                            (data, now) ->
                                    relay(loop)
                                            .onDatagram(
                                                    path, data, 0, data.length, now, out(loop)));
            this.down = network.way(weather, this::receive);
            viewer.sendingTo(up);
        }

        private void receive(byte[] datagram, long now) {
            hears.accept(datagram);
            sends.forEach(publisher -> publisher.receive(datagram));
            viewer.receive(datagram, now);
        }

        private PeerPath freshPath() {
            return new PeerPath(0, new InetSocketAddress("127.0.0.1", nextPort++));
        }

        public PeerPath path() {
            return path;
        }

        public void connect() {
            ways.put(path, down);
            transport.connect(path);
            relay(loop).refresh(id, network.nowNanos(), out(loop));
        }

        public void move() {
            path = freshPath();
            connect();
        }

        public SimulatedPublisher publishing(SimulatedPublisher publisher) {
            sends.add(publisher.sendingTo(up));
            publishers.add(publisher);
            return publisher;
        }

        /// Hands what comes down to somebody else too.
        public void hearing(Consumer<byte[]> ear) {
            hears = ear;
        }

        public int loop() {
            return loop;
        }

        public SimulatedViewer viewer() {
            return viewer;
        }

        public void attach(String mid, String source) {
            relay(loop).attach(id, mid, new SourceId(source), network.nowNanos());
        }

        public void detach(String mid) {
            relay(loop).detach(id, mid, network.nowNanos());
        }

        public void close() {
            publishers.removeAll(sends);
            viewers.remove(viewer);
            relay(loop).close(id, network.nowNanos(), out(loop));
        }

        public ReceivedStream stream(int ssrc) {
            return viewer.stream(ssrc);
        }
    }

    public Peer open(
            String name,
            int loop,
            Weather weather,
            Map<String, String> publishes,
            NegotiatedMedia... sections) {
        return open(name, loop, weather, Redundancy.AUTO, publishes, sections);
    }

    public Peer open(
            String name,
            int loop,
            Weather weather,
            Redundancy redundancy,
            Map<String, String> publishes,
            NegotiatedMedia... sections) {
        var peer = new Peer(name, loop, weather);
        var sources = new HashMap<String, SourceId>();
        publishes.forEach((mid, source) -> sources.put(mid, new SourceId(source)));
        for (NegotiatedMedia section : sections) {
            if (section.peerReceives()) {
                peer.viewer.expect(section.localSsrc(), section.localRtxSsrc());
            }
        }
        relay(loop)
                .open(
                        peer.id,
                        new LegPlan("", sources, Map.of(), redundancy),
                        List.of(sections),
                        peer.transport,
                        network.nowNanos(),
                        out(loop));
        viewers.add(peer.viewer);
        return peer;
    }

    public LoopRelay relay() {
        return relay(0);
    }

    public LoopRelay relay(int loop) {
        return loops.get(loop).relay;
    }

    public OutboundBatch out(int loop) {
        return loops.get(loop).out;
    }

    public long now() {
        return network.nowNanos();
    }

    public void everyLoop(Consumer<LoopRelay> command) {
        loops.forEach(loop -> command.accept(loop.relay));
    }

    /// Gives the floor on every loop, one after the other, as a node does.
    public void give(SourceId channel, String talker, long epoch, long sinceNanos) {
        for (int loop = 0; loop < loops.size(); loop++) {
            giveOn(loop, channel, talker, epoch, sinceNanos);
        }
    }

    /// Gives the floor on one loop, which is faster or slower than the others to hear of it.
    public void giveOn(int loop, SourceId channel, String talker, long epoch, long sinceNanos) {
        var source = new SourceId(talker);
        relay(loop).giveFloor(channel, source, epoch, sinceNanos, now(), out(loop));
        out(loop).flush();
    }

    /// Lets a talk end by itself, told to every loop one after the other.
    public void finish(SourceId channel, long epoch) {
        for (Loop loop : loops) {
            loop.relay.finishFloor(channel, epoch, now(), loop.out);
            loop.out.flush();
        }
    }

    /// Has a floor recorded, told to the first loop as a node does.
    public void record(SourceId channel, long epoch) {
        Loop first = loops.getFirst();
        first.relay.record(channel, epoch, Path.of("talk.opus"), now(), first.out);
        first.out.flush();
    }

    /// Lets time pass.
    public void run(long nanos) {
        long end = now() + nanos;
        while (now() < end) {
            long now = now() + MILLI;
            before(now);
            network.advanceTo(now);
            after(now);
        }
    }

    /// What peers do, before the network delivers.
    public void before(long now) {
        publishers.forEach(publisher -> publisher.tick(now));
        viewers.forEach(viewer -> viewer.tick(now));
    }

    /// What the relay does with what was delivered.
    public void after(long now) {
        loops.forEach(loop -> loop.endBurst(now));
        loops.forEach(loop -> loop.endBurst(now));
        loops.forEach(loop -> loop.tickIfDue(now));
    }

    /// Where datagrams go that are to none of the peers.
    public void setElsewhere(Function<PeerPath, @Nullable Way> newElsewhere) {
        elsewhere = newElsewhere;
    }
}
