package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// What the network loses is asked for again on the hop that lost it.
class RepairTest {
    private static final int SLOT = 0x5107;
    private static final int SLOT_RTX = 0x5108;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void fivePercentLossOnBothHopsIsRepaired(long seed) {
        var stage = new Stage(seed);
        var camera = camera(stage, Weather.losing(0.05));
        var viewer = viewer(stage, "room", Weather.losing(0.05), SLOT_RTX);
        viewer.attach("v", "car1");

        stage.run(10 * SECOND);

        ReceivedStream stream = viewer.stream(SLOT);
        long settled = stream.bySeq().lastKey() - 60;
        assertThat(stream.holes()).filteredOn(seq -> seq < settled).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        assertThat(stream.repaired()).isGreaterThan(30);
        assertThat(camera.repeated()).isGreaterThan(30);
        var stats =
                Objects.requireNonNull(
                        stage.relay().sourceStats(new SourceId("car1"), stage.now()));
        assertThat(stats.repaired()).isGreaterThan(30);
        assertThat(stats.lost()).isLessThan(15);
        var slot = Objects.requireNonNull(stage.relay().legStats(viewer.id, stage.now()));
        assertThat(slot.slots().getFirst().retransmitted()).isGreaterThan(30);
        assertThat(slot.slots().getFirst().nacksReceived()).isGreaterThan(30);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void aStormOfLossDoublingAndReorderingIsRepairedToo(long seed) {
        var stage = new Stage(seed);
        camera(stage, Weather.storm(0.08));
        var viewer = viewer(stage, "room", Weather.storm(0.08), SLOT_RTX);
        viewer.attach("v", "car1");

        stage.run(10 * SECOND);

        ReceivedStream stream = viewer.stream(SLOT);
        long settled = stream.bySeq().lastKey() - 100;
        assertThat(stream.holes()).filteredOn(seq -> seq < settled).hasSizeLessThan(4);
        assertThat(stream.stepsBack()).isEmpty();
    }

    @Test
    void aPeerWithoutRetransmissionFormatGetsTheSamePacketAgain() {
        var stage = new Stage(3);
        camera(stage, Weather.CALM);
        var viewer = viewer(stage, "player", Weather.losing(0.05), 0);
        viewer.attach("v", "car1");

        stage.run(5 * SECOND); // the transport insists that it is the same packet

        ReceivedStream stream = viewer.stream(SLOT);
        long settled = stream.bySeq().lastKey() - 60;
        assertThat(stream.holes()).filteredOn(seq -> seq < settled).isEmpty();
    }

    @Test
    void numbersNeverSentAreNotRepeated() {
        var stage = new Stage(3);
        camera(stage, Weather.CALM);
        var viewer = viewer(stage, "room", Weather.CALM, SLOT_RTX);
        viewer.attach("v", "car1");
        stage.run(SECOND);
        int last = viewer.stream(SLOT).packets().getLast().seq16();
        viewer.viewer().ask(SLOT, last + 1000 & 0xffff, last + 2000 & 0xffff);
        int first = viewer.stream(SLOT).packets().getFirst().seq16();
        viewer.viewer().ask(SLOT, first - 1 & 0xffff);
        stage.run(100 * MILLI);

        assertThat(stage.relay().counters().retransmittedTotal()).isZero();
    }

    @Test
    void whatAnotherSourceSentIsNotRepeatedUnderTheNumbersOfTheOneBefore() {
        var stage = new Stage(3);
        voice(stage, "ann", 1);
        voice(stage, "bob", 2);
        var listener =
                stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving("l", MediaKind.AUDIO, SLOT, 0, Sections.opus(111)));
        listener.connect();
        listener.attach("l", "ann");
        stage.run(SECOND);
        listener.attach("l", "bob");
        int[] all =
                listener.stream(SLOT).packets().stream()
                        .mapToInt(packet -> packet.seq16())
                        .toArray();
        listener.viewer().ask(SLOT, all);
        stage.run(10 * MILLI); // the transport insists that no number is used twice

        assertThat(stage.relay().counters().retransmittedTotal()).isZero();
    }

    private static void voice(Stage stage, String name, int number) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("m", name),
                        Sections.sending("m", MediaKind.AUDIO, number, 0, Sections.opus(111)));
        peer.connect();
        peer.publishing(new SimulatedPublisher(false, number, number, 0, 500, 9_000));
    }

    @Test
    void whatOneSourceSentIsNeverRepeatedOutOfAnothersPackets() {
        var stage = new Stage(3);
        camera(stage, Weather.CALM);
        var other = car(stage, "car2", Weather.CALM);
        other.publishing(new SimulatedPublisher(true, 2, 11, 12, 100, 700));
        var viewer = viewer(stage, "room", Weather.CALM, SLOT_RTX);
        viewer.attach("v", "car1");
        stage.run(4 * SECOND);
        other.up.setWeather(new Weather(MILLI, 0, 1, 0, 0, 0)); // so that its key frame is awaited
        int last = viewer.stream(SLOT).packets().getLast().seq16();
        viewer.attach("v", "car2");
        viewer.viewer().ask(SLOT, last - 3 & 0xffff, last - 2 & 0xffff, last - 1 & 0xffff);
        stage.run(100 * MILLI);

        assertThat(stage.relay().counters().retransmittedTotal()).isZero();
    }

    @Test
    void voiceBesideAPictureIsNotRepeatedForItsNumberWouldBeAnother() {
        var stage = new Stage(3);
        var car = car(stage, Weather.CALM);
        car.publishing(new SimulatedPublisher(true, 1, 11, 12, 500, 9_000));
        var talker =
                stage.open(
                        "talker",
                        0,
                        Weather.CALM,
                        Map.of("0", "mic"),
                        Sections.sending("0", MediaKind.AUDIO, 21, 0, Sections.opus(111)));
        talker.connect();
        talker.publishing(new SimulatedPublisher(false, 2, 21, 0, 700, 100));
        var viewer =
                stage.open(
                        "room",
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, SLOT, SLOT_RTX, Sections.vp8(96, 97)),
                        Sections.receiving("a", MediaKind.AUDIO, 0x5200, 0, Sections.opus(111)));
        viewer.connect();
        viewer.attach("v", "car1");
        viewer.attach("a", "mic");
        stage.run(SECOND);
        int last = viewer.stream(0x5200).packets().getLast().seq16();
        viewer.viewer().ask(0x5200, last - 1 & 0xffff, last);
        stage.run(100 * MILLI);

        assertThat(stage.relay().counters().retransmittedTotal()).isZero();
    }

    @Test
    void aFloodOfRequestsIsAnsweredWithinBounds() {
        var stage = new Stage(3);
        camera(stage, Weather.CALM);
        var viewer = viewer(stage, "room", Weather.CALM, SLOT_RTX);
        viewer.viewer().setRepairing(false);
        viewer.attach("v", "car1");
        stage.run(4 * SECOND);
        int[] all =
                viewer.stream(SLOT).packets().stream().mapToInt(packet -> packet.seq16()).toArray();
        for (int round = 0; round < 100; round++) {
            viewer.viewer()
                    .ask(SLOT, java.util.Arrays.copyOfRange(all, all.length - 200, all.length));
            stage.run(MILLI);
        }

        assertThat(stage.relay().counters().retransmittedTotal()).isBetween(100L, 190L);
    }

    @Test
    void aJumpOfThePublishersNumbersAsksForNothing() {
        var stage = new Stage(3);
        var camera = camera(stage, Weather.CALM);
        stage.run(SECOND);
        for (int jump = 1; jump < 20; jump++) {
            camera.jumpTo(jump * 7_919 & 0xffff);
            stage.run(50 * MILLI);
        }

        assertThat(camera.nacked()).isZero();
    }

    @Test
    void longOutagesEndWithAKeyFrameInsteadOfAThousandRequests() {
        var stage = new Stage(3);
        var car = car(stage, Weather.CALM);
        var camera = car.publishing(new SimulatedPublisher(true, 1, 11, 12, 500, 9_000));
        var viewer = viewer(stage, "room", Weather.CALM, SLOT_RTX);
        viewer.attach("v", "car1");
        stage.run(SECOND);
        camera.setLargestFrame(60);
        car.up.setWeather(new Weather(MILLI, 0, 1, 0, 0, 0));
        stage.run(2 * SECOND);
        car.up.setWeather(Weather.CALM);
        int before = camera.keyFramesSent();
        stage.run(SECOND);

        assertThat(camera.keyFramesSent()).isGreaterThan(before);
        assertThat(camera.nacked()).isLessThan(2_000);
    }

    @Test
    void theViewersRoundTripIsLearntFromItsReports() {
        var stage = new Stage(3);
        camera(stage, Weather.CALM);
        var viewer = viewer(stage, "room", new Weather(40 * MILLI, 0, 0, 0, 0, 0), SLOT_RTX);
        viewer.attach("v", "car1");
        stage.run(5 * SECOND);

        var stats = Objects.requireNonNull(stage.relay().legStats(viewer.id, stage.now()));
        assertThat(stats.slots().getFirst().roundTripMillis()).isBetween(78.0, 84.0);
    }

    @Test
    void thePublisherHearsHowItsPacketsArrive() {
        var stage = new Stage(3);
        var car = car(stage, Weather.CALM);
        car.publishing(new SimulatedPublisher(true, 1, 11, 12, 500, 9_000));
        stage.run(2 * SECOND);

        assertThat(car.viewer().feedbackHeard()).isBetween(10, 25);
    }

    @Test
    void silentReceiversHearNothing() {
        var stage = new Stage(3);
        var viewers =
                IntStream.range(0, 20)
                        .mapToObj(i -> viewer(stage, "idle" + i, Weather.CALM, SLOT_RTX))
                        .toList();
        stage.run(5 * SECOND);

        assertThat(viewers).allMatch(viewer -> viewer.down.sent() == 0);
    }

    private static SimulatedPublisher camera(Stage stage, Weather weather) {
        return car(stage, weather)
                .publishing(new SimulatedPublisher(true, 1, 11, 12, 65_000, 9_000));
    }

    private static Stage.Peer car(Stage stage, Weather weather) {
        return car(stage, "car1", weather);
    }

    private static Stage.Peer car(Stage stage, String name, Weather weather) {
        var peer =
                stage.open(
                        name,
                        0,
                        weather,
                        Map.of("0", name),
                        Sections.sending("0", MediaKind.VIDEO, 11, 12, Sections.vp8(96, 97)));
        peer.connect();
        return peer;
    }

    private static Stage.Peer viewer(Stage stage, String name, Weather weather, int rtxSsrc) {
        var peer =
                stage.open(
                        name,
                        0,
                        weather,
                        Map.of(),
                        Sections.receiving(
                                "v",
                                MediaKind.VIDEO,
                                SLOT,
                                rtxSsrc,
                                Sections.vp8(96, rtxSsrc == 0 ? -1 : 97)));
        peer.connect();
        return peer;
    }
}
