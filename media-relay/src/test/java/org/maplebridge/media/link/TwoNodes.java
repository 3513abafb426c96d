package org.maplebridge.media.link;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LinkEnd;
import org.maplebridge.media.api.LinkPlan;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork;
import org.maplebridge.media.simulation.SimulatedNetwork.Way;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.srtp.SrtpCiphers;
import org.maplebridge.media.wire.PacketKind;
import org.maplebridge.media.wire.PeerPath;

/// Two relays with peers of their own and a network between them.
///
/// Thread: the test's.
final class TwoNodes {
    static final LegId LINK = new LegId("link");
    static final byte[] SECRET =
            "a secret of the cluster's nodes".getBytes(StandardCharsets.US_ASCII);

    /// What a viewer's pictures come as.
    static final int SLOT = 0x5107;

    static final int PICTURES = 4;
    static final int VOICES = 40;

    final Node a;
    final Node b;
    private final SimulatedNetwork network;
    private final Way nowhere;
    private final SecureRandom random = new SecureRandom();

    /// A datagram that reached the other node.
    @SuppressWarnings("ArrayRecordComponent") // read only
    record Crossing(PeerPath from, byte[] bytes) {
        boolean is(PacketKind kind) {
            return PacketKind.of(bytes, 0, bytes.length) == kind;
        }

        int ssrc() {
            return java.nio.ByteBuffer.wrap(bytes).getInt(8);
        }

        int seq16() {
            return java.nio.ByteBuffer.wrap(bytes).getShort(2) & 0xffff;
        }
    }

    /// One of them.
    final class Node {
        final Stage stage;
        final InetSocketAddress own;

        /// What reached it from the other node.
        final List<Crossing> arrived = new ArrayList<>();

        /// Under which address the other node sees it.
        InetSocketAddress seen;

        /// Whether its own address is of any use to the other node.
        boolean reachable = true;

        Way out;

        Node(Stage stage, String address) {
            this.stage = stage;
            this.own = new InetSocketAddress(address, 5_000);
            this.seen = own;
            this.out = nowhere;
        }

        LinkEnd told() {
            return end.end();
        }

        private OwnEnd end = OwnEnd.make(List.of(), random);

        void freshEnd() {
            end = OwnEnd.make(List.of(own), random);
        }

        boolean open(LinkEnd theirs, byte[] secret) {
            return open(theirs, secret, PICTURES, VOICES);
        }

        boolean open(LinkEnd theirs, byte[] secret, int pictures, int voices) {
            var publishes = new HashMap<String, SourceId>();
            for (int i = 0; i < pictures; i++) {
                publishes.put(LinkPlan.picture(i), new SourceId("far-v" + i));
            }
            for (int i = 0; i < voices; i++) {
                publishes.put(LinkPlan.voice(i), new SourceId("far-a" + i));
            }
            var plan = new LinkPlan("", pictures, voices, publishes);
            Link link =
                    Link.agree(
                            end,
                            theirs,
                            secret,
                            plan,
                            List.of(own),
                            SrtpCiphers.jdk(),
                            random,
                            network.nowNanos());
            if (link == null) {
                return false;
            }
            stage.relay()
                    .open(
                            LINK,
                            Link.legPlan(plan),
                            link.media(),
                            link.transport(),
                            network.nowNanos(),
                            stage.out(0));
            return true;
        }

        void attach(String mid, String source) {
            stage.relay().attach(LINK, mid, new SourceId(source), network.nowNanos());
        }

        void attachSince(String mid, String source, long sinceNanos) {
            stage.relay()
                    .attachSince(
                            LINK,
                            mid,
                            new SourceId(source),
                            sinceNanos,
                            network.nowNanos(),
                            stage.out(0));
            stage.out(0).flush();
        }

        void take(PeerPath from, byte[] bytes) {
            stage.relay()
                    .onDatagram(
                            from, bytes.clone(), 0, bytes.length, network.nowNanos(), stage.out(0));
            stage.relay().onBurstEnd(network.nowNanos(), stage.out(0));
            stage.out(0).flush();
        }

        <E extends RelayEvent> List<E> events(Class<E> kind) {
            return stage.events.stream().filter(kind::isInstance).map(kind::cast).toList();
        }

        boolean connected() {
            return !events(RelayEvent.LegConnected.class).isEmpty();
        }
    }

    TwoNodes(long seed) {
        network = Stage.newNetwork(seed);
        nowhere = network.way(new Weather(0, 0, 1, 0, 0, 0), (datagram, now) -> {});
        a = new Node(new Stage(seed, 1, network), "192.0.2.1");
        b = new Node(new Stage(seed + 100, 1, network), "198.51.100.2");
        join(a, b);
        join(b, a);
        freshEnds();
    }

    private void join(Node from, Node to) {
        from.out =
                network.way(
                        Weather.CALM,
                        (datagram, now) -> {
                            var path = new PeerPath(0, from.seen);
                            to.arrived.add(new Crossing(path, datagram.clone()));
                            to.stage
                                    .relay()
                                    .onDatagram(
                                            path,
                                            datagram,
                                            0,
                                            datagram.length,
                                            now,
                                            to.stage.out(0));
                        });
        from.stage.setElsewhere(path -> {
            boolean own = path.remote().equals(to.own) && to.reachable;
            boolean mapped = path.remote().equals(to.seen) && !to.seen.equals(to.own);
            return own || mapped ? from.out : nowhere;
        });
    }

    void freshEnds() {
        a.freshEnd();
        b.freshEnd();
    }

    void weather(Weather weather) {
        a.out.setWeather(weather);
        b.out.setWeather(weather);
    }

    /// Opens both ends and waits until they are connected.
    TwoNodes connect() {
        a.open(b.told(), SECRET);
        b.open(a.told(), SECRET);
        run(Stage.SECOND);
        if (!a.connected() || !b.connected()) {
            throw new AssertionError("the link does not come up");
        }
        return this;
    }

    /// Somebody at the second node, behind a link of their own, who watches a picture of the first.
    Stage.Peer viewer(String name, int picture, long bits) {
        var peer =
                b.stage.open(
                        name,
                        0,
                        new Weather(10 * Stage.MILLI, 0, 0, 0, 0, 0),
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, SLOT, SLOT + 1, Sections.vp8(96, 97)));
        peer.viewer().setFeedback(true);
        peer.down.setBottleneck(new SimulatedNetwork.Bottleneck(bits, 400 * Stage.MILLI));
        peer.connect();
        peer.attach("v", "far-v" + picture);
        return peer;
    }

    long now() {
        return network.nowNanos();
    }

    void run(long nanos) {
        long end = now() + nanos;
        while (now() < end) {
            long now = now() + Stage.MILLI;
            a.stage.before(now);
            b.stage.before(now);
            network.advanceTo(now);
            a.stage.after(now);
            b.stage.after(now);
        }
    }
}
