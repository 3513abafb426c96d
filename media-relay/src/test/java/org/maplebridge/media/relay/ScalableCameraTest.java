package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.record.file.Entry;
import org.maplebridge.media.sdp.ExtensionIds;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.RtpBytes;
import org.maplebridge.media.simulation.ScalableCamera;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.Stage;

/// A camera that sends several resolutions in one stream, and viewers with tiles and links of
/// different sizes.
class ScalableCameraTest {
    private static final Weather WEATHER = new Weather(10 * MILLI, 0, 0, 0, 0, 0);
    private static final int SMALL = 320;
    private static final int LARGE = 1_280;
    private static final int LOW = 1;
    private static final int MIDDLE = 2;
    private static final int HIGH = 3;

    @TempDir private Path folder;
    private final List<ScalableCamera> cameras = new ArrayList<>();
    private Stage stage = new Stage(1);
    private int nextSsrc = 0x5100;

    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 2})
    void aTileIsShownTheResolutionThatItIsWorth(int loops) {
        stage = new Stage(1, loops);
        var camera = camera("car", WEATHER);
        var small = viewer("small", loops - 1, SMALL);
        var medium = viewer("medium", 0, 640);
        var large = viewer("large", loops - 1, LARGE);
        run(5 * SECOND);

        assertThat(sourceNow(small)).isEqualTo(LOW);
        assertThat(sourceNow(medium)).isEqualTo(MIDDLE);
        assertThat(sourceNow(large)).isEqualTo(HIGH);
        for (ReceivedStream stream : List.of(small.stream, medium.stream, large.stream)) {
            isWhole(stream);
            assertThat(marked(stream)).isGreaterThan(5 * 29);
        }
        assertThat(camera.nacked()).isZero();
        assertThat(camera.keyFrameRequests()).isLessThan(6);
    }

    @Test
    void aTileThatGrowsAndShrinksNeverFreezes() {
        var camera = camera("car", WEATHER);
        var viewer = viewer("seat", 0, SMALL);
        for (int width : new int[] {SMALL, LARGE, 640, LARGE, SMALL, 640, SMALL}) {
            stage.relay().prefer(viewer.peer.id, "v0", width);
            run(6 * SECOND);
            int expected = width == SMALL ? LOW : width == LARGE ? HIGH : MIDDLE;
            assertThat(sourceNow(viewer)).isEqualTo(expected);
            assertThat(camera.wanted())
                    .as("the rest is not sent")
                    .hasSize(expected == HIGH ? 2 : expected);
        }
        isWhole(viewer.stream);
        assertThat(longestGapMillis(viewer.stream)).isLessThan(120);
    }

    /// The key frame that one viewer asked for is no beginning for another who asks a second later.
    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 2})
    void whatWasShownIsNotShownAgain(int loops) {
        stage = new Stage(1, loops);
        camera("car", WEATHER);
        var first = viewer("first", 0, SMALL);
        var second = viewer("second", loops - 1, SMALL);
        run(4 * SECOND);
        for (int width : new int[] {LARGE, 640, SMALL, LARGE}) {
            for (Viewer viewer : List.of(first, second)) {
                stage.relay(viewer.peer.loop()).prefer(viewer.peer.id, "v0", width);
                run(SECOND);
            }
            run(SECOND);
        }
        for (Viewer viewer : List.of(first, second)) {
            assertThat(sourceNow(viewer)).isEqualTo(HIGH);
            assertThat(viewer.stream.shown()).extracting(Pictures.Part::frame).isSorted();
            assertThat(longestGapMillis(viewer.stream)).isLessThan(120);
        }
    }

    @Test
    void aNarrowLinkIsShownTheResolutionThatItBears() {
        var camera = camera("car", WEATHER);
        var viewer = viewer("seat", 0, LARGE);
        viewer.peer.down.setBottleneck(new Bottleneck(900_000, 400 * MILLI));
        run(6 * SECOND);
        int right = 0;
        for (int i = 0; i < 20; i++) {
            run(SECOND);
            right += sourceNow(viewer) == MIDDLE ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(17);
        assertThat(longestGapMillis(viewer.stream)).isLessThan(1_000);
        assertThat(camera.frames()).isGreaterThan(26 * 29);
    }

    @Test
    void whatTheUplinkLosesIsRepeatedToThoseWhoNeedIt() {
        var camera = camera("car", new Weather(10 * MILLI, 0, 0.03, 0, 0, 0));
        var small = viewer("small", 0, SMALL);
        var large = viewer("large", 0, LARGE);
        run(20 * SECOND);

        assertThat(camera.nacked()).isGreaterThan(20);
        for (var viewer : List.of(small, large)) {
            assertThat(viewer.stream.holes()).isEmpty();
            assertThat(viewer.stream.stepsBack()).isEmpty();
            assertThat(shownIds(viewer.stream)).isGreaterThan(20 * 28);
        }
        assertThat(sourceNow(large)).isEqualTo(HIGH);
    }

    @Test
    void aStructureThatIsLostForGoodIsAskedForAgain() {
        var camera = camera("car", WEATHER);
        var viewer = viewer("seat", 0, LARGE);
        run(3 * SECOND);
        int before = camera.keyFrameRequests();
        camera.loseStructure();
        run(2 * SECOND);
        assertThat(camera.keyFrameRequests()).isGreaterThan(before);
        assertThat(longestGapMillis(viewer.stream)).isLessThan(1_000);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
    }

    @Test
    void aStreamWithoutDescriptorsIsOnePicture() {
        var camera = camera("car", WEATHER);
        camera.describeNothing();
        var viewer = viewer("seat", 0, LARGE);
        run(5 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        assertThat(longestGapMillis(viewer.stream)).isLessThan(120);
        isWhole(viewer.stream);
    }

    @Test
    void aRecordingIsOfTheHighestThatComes() throws Exception {
        try (var recording = new StagedRecording(stage, 1, "cam", folder)) {
            var camera = camera("car", WEATHER);
            recording.start();
            run(4 * SECOND);
            camera.bear(1);
            run(4 * SECOND);
            recording.stop();
            var shown = new ArrayList<Integer>();
            for (Entry.Packet packet : recording.packets()) {
                int source = Pictures.read(packet.payload()).source();
                if (!packet.startsKeyFrame() && !Pictures.read(packet.payload()).key()) {
                    if (shown.isEmpty() || shown.getLast() != source) {
                        shown.add(source);
                    }
                }
            }
            assertThat(shown).endsWith(HIGH, LOW);
        }
    }

    @Test
    void nothingIsLeftOfIt() {
        var camera = camera("car", WEATHER);
        var viewer = viewer("seat", 0, LARGE);
        run(3 * SECOND);
        camera.peer().close();
        viewer.peer.close();
        cameras.clear();
        stage.run(6 * SECOND);
        assertThat(stage.relay().lines()).isZero();
        assertThat(stage.relay().packetsKept()).isZero();
    }

    @Test
    void aPageThatTakesOverIsShownOn() {
        camera("car", WEATHER);
        var viewer = viewer("seat", 0, LARGE);
        run(3 * SECOND);
        cameras.clear();
        stage.run(SECOND);
        cameras.add(new ScalableCamera(stage, "car again", "cam", 0x300, WEATHER));
        run(4 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        isWhole(viewer.stream);
    }

    @Test
    void whoAsksForDescriptorsGetsThem() {
        camera("car", WEATHER);
        var asking = viewer("seat", 0, LARGE, Sections.SCALABLE_IDS);
        var other = viewer("other", 0, SMALL);
        run(3 * SECOND);
        stage.relay().prefer(asking.peer.id, "v0", SMALL);
        run(3 * SECOND);
        cameras.clear();
        stage.run(SECOND);
        cameras.add(new ScalableCamera(stage, "car again", "cam", 0x300, WEATHER));
        run(4 * SECOND);

        assertThat(other.stream.packets()).noneMatch(packet -> descriptor(packet) != null);
        assertThat(asking.stream.packets()).allMatch(packet -> descriptor(packet) != null);
        int structures = 0;
        int before = -1;
        for (RtpBytes packet : asking.stream.packets()) {
            var bytes = ByteBuffer.wrap(Objects.requireNonNull(descriptor(packet)));
            int number = bytes.getShort(1) & 0xffff;
            assertThat(before < 0 ? 0 : number - before & 0xffff).as("goes on").isLessThan(8);
            before = number;
            structures += bytes.capacity() > 3 ? 1 : 0;
        }
        assertThat(structures).isBetween(3, 10);
        isWhole(asking.stream);
    }

    private static byte @Nullable [] descriptor(RtpBytes packet) {
        return packet.extensions().get(Sections.SCALABLE_IDS.dependency());
    }

    private ScalableCamera camera(String name, Weather weather) {
        var camera = new ScalableCamera(stage, name, "cam", 0x200, weather);
        cameras.add(camera);
        return camera;
    }

    private void run(long nanos) {
        for (long end = stage.now() + nanos; stage.now() < end; ) {
            stage.run(5 * MILLI);
            cameras.forEach(camera -> camera.tick(stage.now()));
        }
    }

    private record Viewer(Stage.Peer peer, ReceivedStream stream) {}

    private Viewer viewer(String name, int loop, int width) {
        return viewer(name, loop, width, Sections.IDS);
    }

    private Viewer viewer(String name, int loop, int width, ExtensionIds ids) {
        int ssrc = nextSsrc;
        nextSsrc += 2;
        var peer =
                stage.open(
                        name,
                        loop,
                        WEATHER,
                        Map.of(),
                        Sections.receiving(
                                "v0", MediaKind.VIDEO, ids, ssrc, ssrc + 1, Sections.vp9(96, 97)));
        peer.viewer().setFeedback(true);
        peer.connect();
        stage.relay(loop).prefer(peer.id, "v0", width);
        peer.attach("v0", "cam");
        return new Viewer(peer, peer.stream(ssrc));
    }

    private static int sourceNow(Viewer viewer) {
        return viewer.stream.shown().getLast().source();
    }

    /// Numbers, time and picture ids go on, nothing is missing, and the pictures' ends are marked.
    private static void isWhole(ReceivedStream stream) {
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        int before = -1;
        int timestamp = 0;
        boolean ended = true;
        for (RtpBytes packet : stream.packets()) {
            int id = pictureId(packet);
            assertThat(before < 0 || (id - before & 0x7fff) <= 1).isTrue();
            assertThat(packet.timestamp() == timestamp || ended).as("marked at its end").isTrue();
            before = id;
            timestamp = packet.timestamp();
            ended = packet.marker();
        }
    }

    private static int pictureId(RtpBytes packet) {
        return ByteBuffer.wrap(packet.payload()).getShort(1) & 0x7fff;
    }

    private static long shownIds(ReceivedStream stream) {
        return stream.packets().stream()
                .filter(packet -> packet.payload().length > 0)
                .mapToInt(ScalableCameraTest::pictureId)
                .distinct()
                .count();
    }

    private static long marked(ReceivedStream stream) {
        return stream.packets().stream().filter(RtpBytes::marker).count();
    }

    private static long longestGapMillis(ReceivedStream stream) {
        long longest = 0;
        long before = 0;
        for (ReceivedStream.Arrival arrival : stream.bySeq().values()) {
            if (arrival.packet().marker() && !arrival.repaired()) {
                longest = before == 0 ? 0 : Math.max(longest, arrival.atNanos() - before);
                before = arrival.atNanos();
            }
        }
        return longest / MILLI;
    }
}
