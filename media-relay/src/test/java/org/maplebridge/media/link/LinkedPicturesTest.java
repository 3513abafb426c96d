package org.maplebridge.media.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.link.TwoNodes.Crossing;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.wire.DropReason;
import org.maplebridge.media.wire.PacketKind;

/// A camera on one node, its viewers on the other.
class LinkedPicturesTest {
    private static final int SLOT = 0x5107;

    private final TwoNodes nodes = new TwoNodes(5).connect();

    @Test
    void threeViewersOfTheOtherNodeCostOneCopyOnTheLink() {
        var camera = camera();
        var viewers = viewers(3);
        nodes.run(5 * SECOND);
        camera.setTalking(false);
        nodes.run(200 * MILLI);

        List<Crossing> media =
                nodes.b.arrived.stream().filter(crossing -> crossing.is(PacketKind.RTP)).toList();
        assertThat(media).hasSize(camera.packetsSent());
        assertThat(media.stream().map(Crossing::ssrc).collect(Collectors.toSet())).hasSize(1);
        assertThat(media.stream().map(Crossing::seq16).distinct()).hasSize(camera.packetsSent());
        for (Stage.Peer viewer : viewers) {
            ReceivedStream stream = viewer.stream(SLOT);
            assertThat(stream.holes()).isEmpty();
            assertThat(stream.stepsBack()).isEmpty();
            assertThat(stream.shown().getLast().frame()).isEqualTo(camera.frames() - 1);
        }
    }

    @Test
    void thePictureIsSeenFromItsFirstKeyFrameOn() {
        var camera = camera();
        var viewers = viewers(1);
        nodes.run(2 * SECOND);

        List<Pictures.Part> shown = viewers.getFirst().stream(SLOT).shown();
        assertThat(shown.getFirst().key()).isTrue();
        assertThat(shown).hasSize(camera.frames());
    }

    @Test
    void whoBeginsToLookLaterIsServedFromTheCacheOfItsOwnNode() {
        var camera = camera();
        viewers(1);
        nodes.run(SECOND);
        int asked = camera.keyFrameRequests();
        var late = viewer("late");
        nodes.run(SECOND);

        assertThat(late.stream(SLOT).shown()).isNotEmpty();
        assertThat(camera.keyFrameRequests()).isEqualTo(asked);
    }

    @Test
    void aKeyFrameIsAskedOfTheFarCameraOnce() {
        var camera = camera();
        var viewers = viewers(3);
        nodes.run(4 * SECOND);
        int asked = camera.keyFrameRequests();
        int sent = camera.keyFramesSent();
        viewers.forEach(viewer -> viewer.viewer().askForKeyFrame(SLOT));
        nodes.run(500 * MILLI);

        assertThat(camera.keyFrameRequests()).isEqualTo(asked + 1);
        assertThat(camera.keyFramesSent()).isEqualTo(sent + 1);
        assertThat(viewers)
                .allSatisfy(viewer ->
                        assertThat(viewer.stream(SLOT).shown().getLast().frame())
                                .isGreaterThanOrEqualTo(camera.frames() - 2));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void fivePercentLossOnTheLinkIsRepaired(long seed) {
        var lossy = new TwoNodes(seed).connect();
        lossy.weather(Weather.losing(0.05));
        var camera = camera(lossy, 0);
        var viewer = viewer(lossy, "room", 0);
        lossy.run(10 * SECOND);

        ReceivedStream stream = viewer.stream(SLOT);
        long settled = stream.bySeq().lastKey() - 60;
        assertThat(stream.holes()).filteredOn(seq -> seq < settled).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        assertThat(camera.nacked()).isZero();
        var far = new SourceId("far-v0");
        var stats = Objects.requireNonNull(lossy.b.stage.relay().sourceStats(far, lossy.now()));
        assertThat(stats.repaired()).isGreaterThan(30);
        assertThat(stats.lost()).isLessThan(15);
        assertThat(stats.roundTripMillis()).isBetween(19.0, 30.0);
        assertThat(lossy.a.connected()).isTrue();
        assertThat(lossy.a.events(org.maplebridge.media.api.RelayEvent.LegLost.class)).isEmpty();
    }

    @Test
    void bothDirectionsCarryPicturesAtOnce() {
        camera(nodes, 0);
        var back =
                nodes.b.stage.open(
                        "car-b",
                        0,
                        Weather.CALM,
                        Map.of("0", "camera-b"),
                        Sections.sending("0", MediaKind.VIDEO, 11, 12, Sections.vp8(96, 97)));
        back.connect();
        var camera = back.publishing(new SimulatedPublisher(true, 2, 11, 12, 500, 9_000));
        nodes.b.attach("v0", "camera-b");
        var here = viewer(nodes, "here", 0);
        var there = viewer(nodes.a.stage, "there", 0);
        nodes.run(2 * SECOND);

        assertThat(here.stream(SLOT).shown().getLast().source()).isEqualTo(1);
        assertThat(there.stream(SLOT).shown().getLast().source()).isEqualTo(2);
        assertThat(there.stream(SLOT).shown()).hasSizeGreaterThanOrEqualTo(camera.frames() - 2);
    }

    @Test
    void aSectionCarriesAnotherSourceFromOneMomentToTheNext() {
        camera(nodes, 0);
        var other =
                nodes.a.stage.open(
                        "car2",
                        0,
                        Weather.CALM,
                        Map.of("0", "camera2"),
                        Sections.sending("0", MediaKind.VIDEO, 31, 32, Sections.vp8(96, 97)));
        other.connect();
        other.publishing(new SimulatedPublisher(true, 2, 31, 32, 65_000, 1));
        var viewer = viewer("room");
        nodes.run(SECOND);
        nodes.a.attach("v0", "camera2");
        nodes.run(SECOND);

        ReceivedStream stream = viewer.stream(SLOT);
        assertThat(stream.shown().getLast().source()).isEqualTo(2);
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
    }

    @Test
    void whatTheOtherNodeSendsBeyondOurPlanIsDroppedAndTakenForNothingElse() {
        var uneven = new TwoNodes(9);
        uneven.a.open(uneven.b.told(), TwoNodes.SECRET, 4, 4);
        uneven.b.open(uneven.a.told(), TwoNodes.SECRET, 1, 0);
        uneven.run(SECOND);
        camera(uneven, 1);
        var viewer = viewer(uneven, "room", 0);
        uneven.run(2 * SECOND);
        assertThat(viewer.stream(SLOT).count()).isZero();
        assertThat(uneven.b.stage.relay().counters().droppedTotal(DropReason.UNKNOWN_STREAM))
                .isGreaterThan(100);

        uneven.a.attach("v0", "camera");
        uneven.run(SECOND);
        assertThat(viewer.stream(SLOT).shown()).isNotEmpty();
    }

    @Test
    void anIdleLinkSendsItsKeepAlivesOnly() {
        nodes.run(5 * SECOND);
        long before = nodes.b.arrived.size();
        nodes.run(10 * SECOND);

        assertThat(nodes.b.arrived.size() - before).isBetween(16L, 26L); // checks and answers
        assertThat(nodes.b.stage.relay().packetsKept()).isZero();
    }

    private SimulatedPublisher camera() {
        return camera(nodes, 0);
    }

    private static SimulatedPublisher camera(TwoNodes nodes, int section) {
        var peer =
                nodes.a.stage.open(
                        "car",
                        0,
                        Weather.CALM,
                        Map.of("0", "camera"),
                        Sections.sending("0", MediaKind.VIDEO, 11, 12, Sections.vp8(96, 97)));
        peer.connect();
        nodes.a.attach("v" + section, "camera");
        return peer.publishing(new SimulatedPublisher(true, 1, 11, 12, 65_000, 9_000));
    }

    private List<Stage.Peer> viewers(int count) {
        var viewers = new ArrayList<Stage.Peer>();
        for (int i = 0; i < count; i++) {
            viewers.add(viewer("room" + i));
        }
        return viewers;
    }

    private Stage.Peer viewer(String name) {
        return viewer(nodes, name, 0);
    }

    private static Stage.Peer viewer(TwoNodes nodes, String name, int section) {
        return viewer(nodes.b.stage, name, section);
    }

    private static Stage.Peer viewer(Stage stage, String name, int section) {
        var peer =
                stage.open(
                        name,
                        0,
                        Weather.CALM,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, SLOT, SLOT + 1, Sections.vp8(96, 97)));
        peer.connect();
        peer.attach("v", "far-v" + section);
        return peer;
    }
}
