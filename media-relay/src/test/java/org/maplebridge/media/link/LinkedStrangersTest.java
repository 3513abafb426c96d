package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.link.TwoNodes.Crossing;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.PacketKind;
import org.maplebridge.media.wire.PeerPath;

/// What others send, repeat or change is dropped and counted, and moves no path.
class LinkedStrangersTest {
    private static final PeerPath STRANGER =
            new PeerPath(0, new InetSocketAddress("203.0.113.66", 6_666));

    private final TwoNodes nodes = new TwoNodes(23).connect();

    @Test
    void aCheckTakenDownAndSentAgainFromElsewhereIsRefused() {
        nodes.run(2 * SECOND);
        List<Crossing> checks = arrivedStun();
        for (Crossing check : checks) {
            nodes.b.take(STRANGER, check.bytes());
        }
        nodes.run(3 * SECOND);

        assertThat(checks).isNotEmpty();
        assertThat(dropped(DropReason.STUN_REPLAYED)).isEqualTo(checks.size());
        assertNothingMoved();
    }

    @Test
    void aCheckThatWasKeptFromArrivingProvesNothingForWhoBringsIt() {
        nodes.weather(new Weather(MILLI, 0, 1, 0, 0, 0));
        var taken = new TwoNodes(23);
        taken.a.open(taken.b.told(), TwoNodes.SECRET);
        taken.b.open(taken.a.told(), TwoNodes.SECRET);
        taken.a.reachable = false; // answers and B's own checks get nowhere
        taken.a.seen = STRANGER.remote();
        taken.a.out.setWeather(Weather.CALM);
        taken.b.out.setWeather(new Weather(MILLI, 0, 1, 0, 0, 0));
        taken.run(3 * SECOND);

        assertThat(taken.b.arrived).isNotEmpty();
        assertThat(taken.b.connected()).isFalse();
        assertThat(taken.a.connected()).isFalse();
    }

    @Test
    void answersToNoCheckOfOursAreRefused() {
        nodes.run(2 * SECOND);
        List<Crossing> all = arrivedStun();
        for (Crossing one : all) {
            nodes.b.take(one.from(), one.bytes()); // answers are consumed, checks were seen
        }
        nodes.run(SECOND);

        assertThat(dropped(DropReason.STUN_REPLAYED)).isEqualTo(all.size());
        assertNothingMoved();
    }

    @Test
    void reflectedPacketsAreRefused() {
        pictureFromAToB();
        nodes.run(SECOND);
        for (Crossing crossing : List.copyOf(nodes.b.arrived)) {
            nodes.a.take(new PeerPath(0, nodes.b.own), crossing.bytes());
        }
        nodes.run(SECOND);

        assertThat(nodes.a.stage.relay().counters().droppedTotal(DropReason.SRTP_UNAUTHENTICATED))
                .isGreaterThan(100);
        assertNothingMoved();
    }

    @Test
    void mediaSentAgainIsDroppedAndFromElsewhereToo() {
        pictureFromAToB();
        nodes.run(SECOND);
        List<Crossing> media =
                nodes.b.arrived.stream().filter(crossing -> crossing.is(PacketKind.RTP)).toList();
        for (Crossing crossing : media) {
            nodes.b.take(crossing.from(), crossing.bytes());
            nodes.b.take(STRANGER, crossing.bytes());
        }

        assertThat(dropped(DropReason.SRTP_REPLAYED)).isEqualTo(media.size());
        assertThat(dropped(DropReason.UNKNOWN_SENDER)).isEqualTo(media.size());
        assertNothingMoved();
    }

    @Test
    void changedAndTruncatedPacketsNeverThrowAndMoveNothing() {
        pictureFromAToB();
        nodes.run(SECOND);
        var random = new Random(3);
        List<Crossing> all = List.copyOf(nodes.b.arrived);
        for (int round = 0; round < 5_000; round++) {
            Crossing crossing = all.get(random.nextInt(all.size()));
            byte[] bytes = crossing.bytes().clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            PeerPath from = random.nextBoolean() ? crossing.from() : STRANGER;
            nodes.b.take(from, Arrays.copyOf(bytes, length));
        }
        nodes.run(2 * SECOND);

        assertNothingMoved();
        assertThat(nodes.b.stage.relay().legStats(TwoNodes.LINK, nodes.now())).isNotNull();
    }

    @Test
    void dtlsIsNotSpokenHere() {
        byte[] hello = new byte[60];
        hello[0] = 22;
        nodes.b.take(new PeerPath(0, nodes.a.own), hello);

        assertThat(dropped(DropReason.UNKNOWN_SENDER)).isEqualTo(1);
    }

    private List<Crossing> arrivedStun() {
        return nodes.b.arrived.stream().filter(crossing -> crossing.is(PacketKind.STUN)).toList();
    }

    private long dropped(DropReason reason) {
        return nodes.b.stage.relay().counters().droppedTotal(reason);
    }

    private void assertNothingMoved() {
        assertThat(nodes.b.events(RelayEvent.LegMoved.class)).isEmpty();
        assertThat(nodes.a.events(RelayEvent.LegMoved.class)).isEmpty();
        assertThat(nodes.b.events(RelayEvent.LegLost.class)).isEmpty();
        assertThat(nodes.a.events(RelayEvent.LegLost.class)).isEmpty();
    }

    private void pictureFromAToB() {
        var peer =
                nodes.a.stage.open(
                        "car",
                        0,
                        Weather.CALM,
                        Map.of("0", "camera"),
                        Sections.sending("0", MediaKind.VIDEO, 11, 12, Sections.vp8(96, 97)));
        peer.connect();
        peer.publishing(new SimulatedPublisher(true, 1, 11, 12, 65_000, 9_000));
        nodes.a.attach("v0", "camera");
    }
}
