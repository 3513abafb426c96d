package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// Whatever happens behind a slot, its viewer gets one stream without gaps and without steps back.
class ContinuousStreamsTest {
    private static final int SLOT = 0x5107;
    private static final int SLOT_RTX = 0x5108;

    private final Stage stage = new Stage(1);

    @ParameterizedTest(name = "from {0}")
    @ValueSource(ints = {0, 32_767, 65_534, 65_535})
    void picturesPassWholeOverEveryWrap(int firstSeq16) {
        var camera = camera("car1", 1, firstSeq16, -90_000);
        var viewer = viewer("room");
        viewer.attach("v", "car1");

        stage.run(3 * SECOND);

        ReceivedStream stream = viewer.stream(SLOT);
        assertThat(stream.shown()).hasSizeGreaterThan(85);
        assertContinuous(stream);
        assertThat(camera.keyFrameRequests()).isLessThanOrEqualTo(1);
    }

    @Test
    void changingThePictureCostsNoGap() {
        camera("car1", 1, 65_000, 5_000);
        camera("car2", 2, 10, 2_000_000_000);
        var viewer = viewer("room");
        for (int turn = 0; turn < 10; turn++) {
            viewer.attach("v", turn % 2 == 0 ? "car1" : "car2");
            stage.run(700 * MILLI);
        }

        ReceivedStream stream = viewer.stream(SLOT);
        assertContinuous(stream);
        var sources = stream.shown().stream().map(Pictures.Part::source).distinct().toList();
        assertThat(sources).containsExactly(1, 2);
        assertThat(stream.shown()).hasSizeGreaterThan(180);
    }

    @Test
    void everyChangeBeginsWithAKeyFrame() {
        camera("car1", 1, 0, 0);
        camera("car2", 2, 0, 0);
        var viewer = viewer("room");
        for (int turn = 0; turn < 6; turn++) {
            viewer.attach("v", turn % 2 == 0 ? "car1" : "car2");
            stage.run(900 * MILLI);
        }

        int last = 0;
        for (var packet : viewer.stream(SLOT).packets()) {
            Pictures.Part part = Pictures.read(packet.payload());
            if (part.source() != last) {
                assertThat(part.key()).isTrue();
                assertThat(part.part()).isZero();
                last = part.source();
            }
        }
    }

    @Test
    void aPublisherThatComesBackGoesOnInTheSameStream() {
        var first = publisher("car1");
        first.publishing(new SimulatedPublisher(true, 1, 11, 12, 500, 9_000));
        var viewer = viewer("room");
        viewer.attach("v", "car1");
        stage.run(SECOND);
        first.close();
        stage.run(SECOND);
        var again = publisher("car1");
        again.publishing(new SimulatedPublisher(true, 1, 11, 12, 40_000, 77));
        stage.run(SECOND);

        ReceivedStream stream = viewer.stream(SLOT);
        assertContinuous(stream);
        assertThat(stream.shown()).hasSizeGreaterThan(55);
        assertThat(stage.events)
                .filteredOn(event -> event instanceof RelayEvent.SourceStarted)
                .hasSize(2);
        assertThat(stage.events)
                .filteredOn(event -> event instanceof RelayEvent.SourceStalled)
                .hasSize(1);
    }

    @Test
    void anEncoderThatRestartsItsNumbersGoesOn() {
        var camera = camera("car1", 1, 500, 9_000);
        var viewer = viewer("room");
        viewer.attach("v", "car1");
        stage.run(SECOND);
        camera.jumpTo(30_000);
        stage.run(SECOND);

        ReceivedStream stream = viewer.stream(SLOT);
        assertContinuous(stream);
        assertThat(stream.shown()).hasSizeGreaterThan(50);
    }

    @Test
    void probesLeaveNoHoles() {
        var camera = camera("car1", 1, 65_500, 0);
        var viewer = viewer("room");
        viewer.attach("v", "car1");
        for (int i = 0; i < 40; i++) {
            stage.run(25 * MILLI);
            camera.sendPadding();
            if (i % 3 == 0) {
                camera.sendPadding();
            }
        }
        stage.run(100 * MILLI);

        assertContinuous(viewer.stream(SLOT));
        assertThat(viewer.stream(SLOT).shown()).hasSizeGreaterThan(25);
    }

    @Test
    void tellsWhenSourcesAndSlotsStart() {
        camera("car1", 1, 0, 0);
        var viewer = viewer("room");
        viewer.attach("v", "car1");
        stage.run(1_200 * MILLI);

        assertThat(stage.events)
                .contains(
                        new RelayEvent.SourceStarted(new LegId("car1"), new SourceId("car1")),
                        new RelayEvent.SlotStarted(viewer.id, "v", new SourceId("car1")));
        assertThat(stage.events)
                .filteredOn(event -> event instanceof RelayEvent.SourceActive)
                .hasSize(2);
        assertThat(stage.events)
                .filteredOn(event -> event instanceof RelayEvent.SlotStarted)
                .hasSize(1);
    }

    @Test
    void tellsThatAPeerIsReachedOnceAndBeforeItIsConnected() {
        var viewer = viewer("room");
        viewer.move();
        stage.run(SECOND);
        assertThat(stage.events)
                .filteredOn(event ->
                        event instanceof RelayEvent.LegReached
                                || event instanceof RelayEvent.LegConnected)
                .hasSize(2)
                .first()
                .isEqualTo(new RelayEvent.LegReached(viewer.id));
    }

    @Test
    void aViewerThatMovesIsServedAtItsNewAddress() {
        camera("car1", 1, 0, 0);
        var viewer = viewer("room");
        viewer.attach("v", "car1");
        stage.run(SECOND);
        viewer.move();
        stage.run(SECOND);

        assertContinuous(viewer.stream(SLOT));
        assertThat(stage.events).anyMatch(event -> event instanceof RelayEvent.LegMoved);
        assertThat(viewer.stream(SLOT).shown()).hasSizeGreaterThan(55);
    }

    private SimulatedPublisher camera(String name, int number, int seq16, int timestamp) {
        int ssrc = number * 100;
        return publisher(name, ssrc)
                .publishing(new SimulatedPublisher(true, number, ssrc, ssrc + 1, seq16, timestamp));
    }

    private Stage.Peer publisher(String name) {
        return publisher(name, 11);
    }

    private Stage.Peer publisher(String name, int ssrc) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("0", name),
                        Sections.sending(
                                "0", MediaKind.VIDEO, ssrc, ssrc + 1, Sections.vp8(96, 97)));
        peer.connect();
        return peer;
    }

    private Stage.Peer viewer(String name) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, SLOT, SLOT_RTX, Sections.vp8(96, 97)));
        peer.connect();
        return peer;
    }

    private static void assertContinuous(ReceivedStream stream) {
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        assertThat(stream.doubles()).isZero();
        List<Integer> types =
                stream.packets().stream().map(p -> p.payloadType()).distinct().toList();
        assertThat(types).containsExactly(96);
    }
}
