package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedCodec;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// How a viewer gets its first picture, and what it costs the publisher.
class NewcomersTest {
    private static final int SLOT = 0x5107;
    private static final int SLOT_RTX = 0x5108;

    private final Stage stage = new Stage(1);

    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void theTwentyFirstViewerNeedsNoNewKeyFrameWhileTheCachedOneIsFresh(int loops) {
        var theatre = new Stage(1, loops);
        var camera = camera(theatre, "car1", 1);
        for (int i = 0; i < 20; i++) {
            viewer(theatre, "room" + i, i % loops).attach("v", "car1");
        }
        theatre.run(1_500 * MILLI);
        int before = camera.keyFramesSent();

        var last = viewer(theatre, "room20", loops - 1);
        last.attach("v", "car1");
        theatre.run(600 * MILLI);

        assertThat(camera.keyFramesSent()).isEqualTo(before).isEqualTo(1);
        ReceivedStream stream = last.stream(SLOT);
        assertThat(stream.shown().getFirst().frame()).isZero();
        assertThat(stream.shown().getLast().frame()).isGreaterThan(55);
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
    }

    /// As when somebody comes out of a private room: what was seen there is for nobody else.
    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void whoMaySeeNothingFromBeforeGetsANewKeyFrameThoughTheCachedOneIsFresh(int loops) {
        var theatre = new Stage(1, loops);
        var camera = camera(theatre, "car1", 1);
        viewer(theatre, "room", loops - 1).attach("v", "car1");
        theatre.run(800 * MILLI);

        var last = viewer(theatre, "other", loops - 1);
        int shown = camera.frames();
        var out = theatre.out(loops - 1);
        theatre.relay(loops - 1)
                .attachSince(last.id, "v", new SourceId("car1"), theatre.now(), theatre.now(), out);
        out.flush();
        for (int loop = 0; loop < loops; loop++) {
            theatre.relay(loop).requestKeyFrame(new SourceId("car1"));
        }
        theatre.run(600 * MILLI);

        ReceivedStream stream = last.stream(SLOT);
        assertThat(stream.shown().getFirst().frame()).isGreaterThanOrEqualTo(shown);
        assertThat(stream.shown()).hasSizeGreaterThan(5);
        assertThat(camera.keyFramesSent()).isEqualTo(2);
    }

    /// As when a room opens at a busy node: between the moment that counts and the relay's turn a
    /// key frame has come.
    @ParameterizedTest(name = "over {0} loops")
    @ValueSource(ints = {1, 2})
    void aKeyFrameThatCameSinceThenIsWhereThePictureBegins(int loops) {
        var theatre = new Stage(1, loops);
        var camera = camera(theatre, "car1", 1);
        viewer(theatre, "room", loops - 1).attach("v", "car1");
        theatre.run(800 * MILLI);

        var last = viewer(theatre, "other", loops - 1);
        long since = theatre.now();
        for (int loop = 0; loop < loops; loop++) {
            theatre.relay(loop).requestKeyFrame(new SourceId("car1"));
        }
        theatre.run(200 * MILLI);
        assertThat(camera.keyFramesSent()).isEqualTo(2);
        var out = theatre.out(loops - 1);
        theatre.relay(loops - 1)
                .attachSince(last.id, "v", new SourceId("car1"), since, theatre.now(), out);
        out.flush();
        theatre.run(600 * MILLI);

        ReceivedStream stream = last.stream(SLOT);
        assertThat(stream.shown()).hasSizeGreaterThan(15);
        assertThat(stream.holes()).isEmpty();
        assertThat(camera.keyFramesSent()).isEqualTo(2);
    }

    @Test
    void catchingUpTakesATenthOfASecondAndThenThePictureIsLive() {
        var camera = camera(stage, "car1", 1);
        camera.setLargestFrame(4);
        stage.run(2 * SECOND);
        var viewer = viewer(stage, "room", 0);
        viewer.attach("v", "car1");
        long attached = stage.now();
        stage.run(100 * MILLI);

        ReceivedStream stream = viewer.stream(SLOT);
        assertThat(stream.shown().getLast().frame()).isGreaterThanOrEqualTo(camera.frames() - 2);
        assertThat(stream.bySeq().firstEntry().getValue().atNanos() - attached)
                .isLessThan(8 * MILLI);
    }

    @Test
    void aHurriedRunDoesNotMakeTheViewerLate() {
        camera(stage, "car1", 1);
        stage.run(2 * SECOND);
        var viewer = viewer(stage, "room", 0);
        viewer.attach("v", "car1");
        stage.run(3 * SECOND);

        // By its timestamps the stream must not be older than by the clock: a player that starts
        // with the first picture would keep that lead as delay for ever.
        var arrivals = viewer.stream(SLOT).bySeq().values();
        var first = arrivals.iterator().next();
        for (var arrival : arrivals) {
            long media = (arrival.packet().timestamp() - first.packet().timestamp()) * 100_000L / 9;
            long clock = arrival.atNanos() - first.atNanos();
            assertThat(media - clock).isLessThan(60 * MILLI);
        }
    }

    @Test
    void anOldKeyFrameIsNotWorthItAndANewOneIsAskedFor() {
        var camera = camera(stage, "car1", 1);
        stage.run(4 * SECOND);
        viewer(stage, "room", 0).attach("v", "car1");
        stage.run(500 * MILLI);

        assertThat(camera.keyFrameRequests()).isOne();
        assertThat(camera.keyFramesSent()).isEqualTo(2);
    }

    @Test
    void aHundredViewersAtOnceAskOnce() {
        var camera = camera(stage, "car1", 1);
        stage.run(4 * SECOND);
        for (int i = 0; i < 100; i++) {
            viewer(stage, "room" + i, 0).attach("v", "car1");
        }
        stage.run(500 * MILLI);

        assertThat(camera.keyFrameRequests()).isOne();
        assertThat(stage.events)
                .filteredOn(event -> event instanceof RelayEvent.SlotStarted)
                .hasSize(100);
    }

    @Test
    void aViewersRequestIsAnsweredFromTheCacheWhileThatHelps() {
        var camera = camera(stage, "car1", 1);
        stage.run(200 * MILLI);
        var viewer = viewer(stage, "room", 0);
        viewer.attach("v", "car1");
        stage.run(SECOND);
        viewer.viewer().askForKeyFrame(SLOT);
        stage.run(300 * MILLI);
        assertThat(camera.keyFrameRequests()).isZero();
        long keys = keyPictures(viewer.stream(SLOT));
        assertThat(keys).isEqualTo(2);

        viewer.viewer().askForKeyFrame(SLOT); // again so soon: only a new one helps
        stage.run(300 * MILLI);
        assertThat(camera.keyFrameRequests()).isOne();
        assertThat(viewer.stream(SLOT).stepsBack()).isEmpty();
        assertThat(viewer.stream(SLOT).holes()).isEmpty();
    }

    @Test
    void viewersInDistressDoNotMakeThePublisherSendKeyFramesOnly() {
        var camera = camera(stage, "car1", 1);
        var viewers = new java.util.ArrayList<Stage.Peer>();
        for (int i = 0; i < 10; i++) {
            viewers.add(viewer(stage, "room" + i, 0));
            viewers.getLast().attach("v", "car1");
        }
        for (int i = 0; i < 100; i++) {
            viewers.forEach(viewer -> viewer.viewer().askForKeyFrame(SLOT));
            stage.run(50 * MILLI);
        }

        assertThat(camera.keyFrameRequests()).isLessThanOrEqualTo(17);
    }

    @Test
    void attachingBeforeTheSourceExistsIsNoError() {
        var viewer = viewer(stage, "room", 0);
        viewer.attach("v", "car1");
        stage.run(SECOND);
        camera(stage, "car1", 1);
        stage.run(500 * MILLI);

        assertThat(viewer.stream(SLOT).shown()).hasSizeGreaterThan(12);
    }

    @Test
    void attachingBeforeThePeerIsConnectedBeginsWhenItIs() {
        var camera = camera(stage, "car1", 1);
        stage.run(SECOND);
        var viewer = open(stage, "room", 0, Sections.vp8(96, 97));
        viewer.attach("v", "car1");
        stage.run(500 * MILLI);
        viewer.connect();
        stage.run(300 * MILLI);

        assertThat(viewer.stream(SLOT).shown().getFirst().frame()).isZero();
        assertThat(camera.keyFramesSent()).isOne();
    }

    @Test
    void aCodecTheViewerDoesNotKnowLeavesItsSlotEmptyAndSaysSo() {
        camera(stage, "car1", 1);
        var viewer = open(stage, "room", 0, Sections.h264(102, 103, "42e01f"));
        viewer.connect();
        viewer.attach("v", "car1");
        stage.run(SECOND);

        assertThat(viewer.stream(SLOT).count()).isZero();
        var stats = Objects.requireNonNull(stage.relay().legStats(viewer.id, stage.now()));
        assertThat(stats.slots().getFirst().state()).isEqualTo("incompatible");
    }

    @Test
    void theViewersOwnPayloadTypeIsUsed() {
        camera(stage, "car1", 1);
        var viewer =
                open(stage, "room", 0, Sections.h264(102, 103, "42e01f"), Sections.vp8(120, 121));
        viewer.connect();
        viewer.attach("v", "car1");
        stage.run(SECOND);

        assertThat(viewer.stream(SLOT).packets())
                .isNotEmpty()
                .allMatch(packet -> packet.payloadType() == 120);
    }

    @Test
    void everyPacketNamesItsSection() {
        camera(stage, "car1", 1);
        var viewer = viewer(stage, "room", 0);
        viewer.attach("v", "car1");
        stage.run(500 * MILLI);

        assertThat(viewer.stream(SLOT).packets())
                .allMatch(packet ->
                        new String(
                                        Objects.requireNonNull(packet.extensions().get(4)),
                                        java.nio.charset.StandardCharsets.UTF_8)
                                .equals("v"));
    }

    private static long keyPictures(ReceivedStream stream) {
        return stream.shown().stream().filter(Pictures.Part::key).count();
    }

    private static SimulatedPublisher camera(Stage stage, String name, int number) {
        int ssrc = number * 100;
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of("0", name),
                        Sections.sending(
                                "0", MediaKind.VIDEO, ssrc, ssrc + 1, Sections.vp8(96, 97)));
        peer.connect();
        var camera = new SimulatedPublisher(true, number, ssrc, ssrc + 1, 65_500, 77);
        camera.setLargestFrame(4);
        return peer.publishing(camera);
    }

    private static Stage.Peer viewer(Stage stage, String name, int loop) {
        var peer = open(stage, name, loop, Sections.vp8(96, 97));
        peer.connect();
        return peer;
    }

    private static Stage.Peer open(Stage stage, String name, int loop, NegotiatedCodec... codecs) {
        return stage.open(
                name,
                loop,
                Weather.CALM,
                Map.of(),
                Sections.receiving("v", MediaKind.VIDEO, SLOT, SLOT_RTX, codecs));
    }
}
