package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.PeerPath;

/// Whatever a peer sends, authentic or not: counted, forgotten, and everybody else is served.
class BadInputTest {
    private static final int SLOT = 0x5107;

    private final Stage stage = new Stage(9);
    private Stage.Peer car;
    private Stage.Peer viewer;

    BadInputTest() {
        car =
                stage.open(
                        "car1",
                        0,
                        Weather.CALM,
                        Map.of("0", "car1"),
                        Sections.sending("0", MediaKind.VIDEO, 11, 12, Sections.vp8(96, 97)));
        viewer =
                stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, SLOT, SLOT + 1, Sections.vp8(96, 97)));
    }

    @BeforeEach
    void picturesFlow() {
        car.connect();
        viewer.connect();
        car.publishing(new SimulatedPublisher(true, 1, 11, 12, 500, 9_000));
        viewer.attach("v", "car1");
        stage.run(500 * MILLI);
    }

    @Test
    void brokenExtensionsAreRefusedOrPassedWithoutThem() {
        byte[] tooLong = packet(11, 96, 700, new byte[40]);
        tooLong[0] = (byte) 0x90;
        tooLong[14] = 0x7f;
        byte[] truncated = packet(11, 96, 701, new byte[2]);
        truncated[0] = (byte) 0x90;
        byte[] csrcs = packet(11, 96, 702, new byte[3]);
        csrcs[0] = (byte) 0x8f;
        byte[] padding = packet(11, 96, 703, new byte[30]);
        padding[0] = (byte) 0xa0;
        padding[padding.length - 1] = (byte) 200;

        sendFromCar(tooLong, truncated, csrcs, padding);

        assertThat(dropped(DropReason.MALFORMED)).isEqualTo(4);
        assertPicturesStillFlow();
    }

    @Test
    void strangersAreNotHeard() {
        var stranger = new PeerPath(0, new InetSocketAddress("192.0.2.9", 9));
        byte[] packet = packet(11, 96, 700, new byte[30]);
        stage.relay().onDatagram(stranger, packet, 0, packet.length, stage.now(), stage.out(0));

        assertThat(dropped(DropReason.UNKNOWN_SENDER)).isOne();
        assertPicturesStillFlow();
    }

    @Test
    void aSprayOfSsrcsMakesNothingGrow() {
        for (int ssrc = 1_000; ssrc < 21_000; ssrc++) {
            sendFromCar(packet(ssrc, 96 + ssrc % 2, ssrc & 0xffff, new byte[30]));
            if (ssrc % 100 == 0) {
                stage.run(MILLI);
            }
        }

        assertThat(stage.relay().lines()).isOne();
        assertThat(dropped(DropReason.UNKNOWN_STREAM)).isGreaterThan(19_000);
        assertPicturesStillFlow();
    }

    @Test
    void rtcpWithLyingLengthsIsCounted() {
        var random = new SplittableRandom(4);
        for (int i = 0; i < 5_000; i++) {
            byte[] compound = new byte[8 + random.nextInt(120)];
            random.nextBytes(compound);
            compound[0] = (byte) (0x80 | random.nextInt(32));
            compound[1] = (byte) (200 + random.nextInt(8));
            compound[2] = (byte) random.nextInt(3);
            fromViewer(compound);
            fromCar(compound.clone());
        }
        stage.run(100 * MILLI);

        assertThat(dropped(DropReason.MALFORMED)).isGreaterThan(4_000);
        assertPicturesStillFlow();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void randomBytesFromConnectedPeersBreakNothing(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 1 && random.nextBoolean()) {
                noise[0] = (byte) (0x80 | noise[0] & 0x3f);
                noise[1] = (byte) (random.nextInt(4) == 0 ? 200 + random.nextInt(7) : 96);
            }
            if (noise.length > 12 && random.nextInt(3) == 0) {
                noise[8] = 0;
                noise[9] = 0;
                noise[10] = 0;
                noise[11] = (byte) (11 + random.nextInt(2));
            }
            fromCar(noise);
            fromViewer(noise.clone());
            if (i % 500 == 0) {
                stage.relay().onBurstEnd(stage.now(), stage.out(0));
            }
        }
        stage.run(100 * MILLI);

        assertThat(stage.relay().lines()).isOne();
        assertThat(stage.relay().packetsKept()).isLessThanOrEqualTo(1_024);
    }

    @Test
    void emptyAndTinyRetransmissionsAreDropped() {
        for (int payload = 0; payload < 3; payload++) {
            sendFromCar(packet(12, 97, 900 + payload, new byte[payload]));
        }
        sendFromCar(packet(12, 97, 903, new byte[] {1, 2, 0x10}));

        assertThat(dropped(DropReason.EMPTY)).isEqualTo(2);
        assertThat(dropped(DropReason.MALFORMED)).isOne();
        assertThat(dropped(DropReason.OUT_OF_RANGE)).isOne();
        assertPicturesStillFlow();
    }

    @Test
    void aLegThatIsLostTakesItsListingsWithIt() {
        car.transport.lose("consent-expired");
        viewer.transport.lose("peer-closed");
        stage.run(200 * MILLI);

        assertThat(stage.relay().legs()).isZero();
        assertThat(stage.relay().lines()).isZero();
        assertThat(stage.relay().packetsKept()).isZero();
    }

    private void assertPicturesStillFlow() {
        int before = viewer.stream(SLOT).shown().size();
        stage.run(SECOND);
        assertThat(viewer.stream(SLOT).shown().size()).isGreaterThan(before + 25);
        assertThat(viewer.stream(SLOT).holes()).isEmpty();
    }

    private long dropped(DropReason reason) {
        return stage.relay().counters().droppedTotal(reason);
    }

    private void sendFromCar(byte[]... datagrams) {
        for (byte[] datagram : datagrams) {
            fromCar(datagram);
        }
    }

    private void fromCar(byte[] datagram) {
        stage.relay()
                .onDatagram(car.path(), datagram, 0, datagram.length, stage.now(), stage.out(0));
    }

    private void fromViewer(byte[] datagram) {
        stage.relay()
                .onDatagram(viewer.path(), datagram, 0, datagram.length, stage.now(), stage.out(0));
    }

    private static byte[] packet(int ssrc, int type, int seq16, byte[] payload) {
        return new RtpBytes(type, false, seq16, 9_000, ssrc, Map.of(), payload).toBytes();
    }
}
