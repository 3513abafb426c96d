package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.sdp.NegotiatedMedia;
import org.maplebridge.media.simulation.LayeredCamera;
import org.maplebridge.media.simulation.Pictures;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;
import org.maplebridge.media.wire.DropReason;

/// A camera that sends three layers, and viewers with tiles and links of different sizes.
class LayersTest {
    private static final Weather WEATHER = new Weather(10 * MILLI, 0, 0, 0, 0, 0);
    private static final int SMALL = 320;
    private static final int LARGE = 1_280;
    private static final int LOW = 1;
    private static final int MIDDLE = 2;
    private static final int HIGH = 3;

    private Stage stage = new Stage(1);
    private LayeredCamera camera = new LayeredCamera(stage, "nobody", "none", 0x100);
    private boolean obedient = true;
    private int nextSsrc = 0x5100;

    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 2})
    void aTileIsShownTheLayerThatItIsWorth(int loops) {
        begin(loops);
        run(50 * MILLI);
        var small = viewer("small", loops - 1, SMALL, 0, "cam");
        var medium = viewer("medium", 0, 640, 0, "cam");
        var large = viewer("large", loops - 1, LARGE, 0, "cam");
        run(5 * SECOND);

        assertThat(sourceNow(small)).isEqualTo(LOW);
        assertThat(sourceNow(medium)).isEqualTo(MIDDLE);
        assertThat(sourceNow(large)).isEqualTo(HIGH);
        for (Viewer viewer : List.of(small, medium, large)) {
            isWhole(viewer);
        }
        assertThat(large.pictures().getFirst().source()).isEqualTo(LOW);
    }

    @Test
    void aTileThatGrowsAndShrinksNeverFreezes() {
        begin(1);
        var viewer = viewer("seat", 0, SMALL, 0, "cam");
        for (int width : new int[] {SMALL, LARGE, 640, LARGE, SMALL, 640, SMALL}) {
            stage.relay().prefer(viewer.peer.id, "v0", width);
            run(3 * SECOND);
            int expected = width == SMALL ? LOW : width == LARGE ? HIGH : MIDDLE;
            assertThat(sourceNow(viewer)).isEqualTo(expected);
        }
        isWhole(viewer);
        assertThat(longestGapMillis(viewer, 0)).isLessThan(120);
        assertThat(viewer.stream(0).shown().size()).isGreaterThan(21 * 29);
    }

    @Test
    void layersThatNobodyWatchesAreNotWanted() {
        begin(1);
        var viewer = viewer("seat", 0, SMALL, 0, "cam");
        run(6 * SECOND);
        assertThat(wanted()).containsExactly("q");
        assertThat(sourceNow(viewer)).isEqualTo(LOW);

        stage.relay().prefer(viewer.peer.id, "v0", LARGE);
        run(3 * SECOND);
        assertThat(wanted()).containsExactly("q", "f");
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        isWhole(viewer);
        assertThat(longestGapMillis(viewer, 0)).isLessThan(120);

        stage.relay().detach(viewer.peer.id, "v0", stage.now());
        run(6 * SECOND);
        assertThat(wanted()).containsExactly("q");
        assertThat(told(RelayEvent.SourceStalled.class)).isEmpty();
    }

    @Test
    void aNodeThatIsShortOfProcessorShowsTheLowestLayerToAll() {
        begin(1);
        var viewer = viewer("seat", 0, LARGE, 0, "cam");
        run(4 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);

        stage.relay().limitPictures(PictureLimit.LOWEST);
        run(5 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(LOW);
        assertThat(wanted()).containsExactly("q");

        stage.relay().limitPictures(PictureLimit.NONE);
        run(5 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        isWhole(viewer);
        assertThat(longestGapMillis(viewer, 0)).isLessThan(120);
    }

    @Test
    void aLayerThatTheCameraGivesUpIsReplacedByTheOneBelow() {
        begin(1);
        obedient = false;
        var viewer = viewer("seat", 0, LARGE, 0, "cam");
        run(4 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        camera.layer(2).setActive(false);
        run(3 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(MIDDLE);
        assertThat(longestGapMillis(viewer, 0)).isLessThan(1_000);
        camera.layer(2).setActive(true);
        run(14 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        isWhole(viewer);
    }

    /// The middle one rests while nobody watches it, and is not waited for.
    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 2})
    void anUplinkThatBearsTheLowestAloneIsNotAFreeze(int loops) {
        begin(loops);
        var viewer = viewer("seat", loops - 1, LARGE, 0, "cam");
        run(8 * SECOND);
        assertThat(wanted()).containsExactly("q", "f");
        obedient = false;
        camera.layer(2).setActive(false);
        run(2 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(LOW);
        assertThat(longestGapMillis(viewer, 0)).isLessThan(1_000);
        run(8 * SECOND);
        assertThat(longestGapMillis(viewer, 0)).isLessThan(1_000);
        isWhole(viewer);
    }

    @Test
    void aCameraThatComesToAHaltIsAskedForNoHigherLayer() {
        begin(1);
        var viewer = viewer("seat", 0, SMALL, 0, "cam");
        run(6 * SECOND);
        assertThat(wanted()).containsExactly("q");
        obedient = false;
        camera.layer(0).setActive(false);
        run(10 * SECOND);
        assertThat(wanted()).containsExactly("q");
        camera.layer(0).setActive(true);
        run(2 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(LOW);
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {300_000, 700_000, 1_000_000, 2_500_000})
    void aNarrowLinkIsShownTheLayerThatItBears(long bits) {
        begin(1);
        var viewer = viewer("seat", 0, LARGE, bits, "cam");
        run(4 * SECOND);
        long settled = stage.now();
        int expected = bits >= 2_000_000 ? HIGH : bits > 600_000 ? MIDDLE : LOW;
        int right = 0;
        for (int i = 0; i < 20; i++) {
            run(SECOND);
            right += sourceNow(viewer) == expected ? 1 : 0;
        }
        assertThat(right).isGreaterThanOrEqualTo(17);
        assertThat(viewer.picturesSince(settled)).isGreaterThan(20 * 24);
        assertThat(longestGapMillis(viewer, settled)).isLessThan(1_000);
        assertThat(camera.layer(0).limit()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLinkThatBecomesNarrowHasTheRightLayerWithinTwoSeconds() {
        begin(1);
        var viewer = viewer("seat", 0, LARGE, 100_000_000, "cam");
        run(5 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        viewer.peer.down.setBottleneck(new Bottleneck(800_000, 400 * MILLI));
        long narrow = stage.now();
        run(2 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(MIDDLE);
        assertThat(longestGapMillis(viewer, narrow)).isLessThan(1_000);

        viewer.peer.down.setBottleneck(new Bottleneck(100_000_000, 400 * MILLI));
        run(15 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
    }

    @Test
    void everyPictureHasItsLowestLayerBeforeTheLargestTileHasAHigherOne() {
        begin(1);
        var viewer = viewer("seat", 0, SMALL, 1_200_000, "cam", "cam", "cam");
        stage.relay().prefer(viewer.peer.id, "v1", LARGE);
        stage.relay().prefer(viewer.peer.id, "v2", 640);
        run(6 * SECOND);
        assertThat(sourceNow(viewer, 0)).isEqualTo(LOW);
        assertThat(sourceNow(viewer, 1)).isEqualTo(MIDDLE);
        assertThat(told(RelayEvent.PictureShown.class)).isNotEmpty();
        assertThat(viewer.stream(0).shown().size()).isGreaterThan(6 * 24);
        assertThat(viewer.stream(2).shown().size()).isGreaterThan(6 * 24);
    }

    @Test
    void whatAViewerMissesIsRepeatedOutOfItsLayer() {
        begin(1);
        var viewer = viewer("seat", 0, LARGE, 0, "cam");
        viewer.peer.down.setWeather(new Weather(10 * MILLI, 0, 0.03, 0, 0, 0));
        run(10 * SECOND);
        assertThat(sourceNow(viewer)).isEqualTo(HIGH);
        assertThat(viewer.stream(0).repaired()).isGreaterThan(20);
        assertThat(viewer.stream(0).stepsBack()).isEmpty();
        assertThat(viewer.stream(0).shown().size()).isGreaterThan(10 * 28);
    }

    @Test
    void aPacketWithoutALayersNameIsNobodys() {
        begin(1);
        var stranger = new SimulatedPublisher(true, 9, 0x900, 0, 7, 7);
        camera.peer().publishing(stranger);
        run(SECOND);
        assertThat(stage.relay().counters().droppedTotal(DropReason.UNKNOWN_STREAM))
                .isGreaterThan(20);
    }

    private void begin(int loops) {
        stage = new Stage(1, loops);
        camera = new LayeredCamera(stage, "car", "cam", 0x200);
    }

    /// Has the camera's page do as it is told meanwhile.
    private void run(long nanos) {
        for (long end = stage.now() + nanos; stage.now() < end; ) {
            stage.run(50 * MILLI);
            if (obedient) {
                camera.obey();
            }
        }
    }

    private List<String> wanted() {
        return camera.wanted();
    }

    private <T> List<T> told(Class<T> kind) {
        return stage.events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private final class Viewer {
        private final Stage.Peer peer;
        private final List<Integer> ssrcs;

        private Viewer(Stage.Peer peer, List<Integer> ssrcs) {
            this.peer = peer;
            this.ssrcs = ssrcs;
        }

        private ReceivedStream stream(int slot) {
            return peer.stream(ssrcs.get(slot));
        }

        private List<Pictures.Part> pictures() {
            return stream(0).shown();
        }

        private int picturesSince(long nanos) {
            int before = 0;
            for (ReceivedStream.Arrival arrival : stream(0).bySeq().values()) {
                before += arrival.atNanos() < nanos && arrival.packet().marker() ? 1 : 0;
            }
            return pictures().size() - before;
        }
    }

    private Viewer viewer(String name, int loop, int width, long bits, String... sources) {
        var sections = new ArrayList<NegotiatedMedia>();
        var ssrcs = new ArrayList<Integer>();
        for (int i = 0; i < sources.length; i++) {
            ssrcs.add(nextSsrc);
            sections.add(
                    Sections.receiving(
                            "v" + i,
                            MediaKind.VIDEO,
                            nextSsrc++,
                            nextSsrc++,
                            Sections.vp8(96, 97)));
        }
        var peer =
                stage.open(name, loop, WEATHER, Map.of(), sections.toArray(new NegotiatedMedia[0]));
        peer.viewer().setFeedback(true);
        if (bits > 0) {
            peer.down.setBottleneck(new Bottleneck(bits, 400 * MILLI));
        }
        peer.connect();
        stage.relay(loop).prefer(peer.id, "v0", width);
        for (int i = 0; i < sources.length; i++) {
            peer.attach("v" + i, sources[i]);
        }
        return new Viewer(peer, ssrcs);
    }

    private static int sourceNow(Viewer viewer) {
        return sourceNow(viewer, 0);
    }

    private static int sourceNow(Viewer viewer, int slot) {
        return viewer.stream(slot).shown().getLast().source();
    }

    /// Numbers, time and picture ids go on, and nothing is missing.
    private static void isWhole(Viewer viewer) {
        ReceivedStream stream = viewer.stream(0);
        assertThat(stream.holes()).isEmpty();
        assertThat(stream.stepsBack()).isEmpty();
        int before = -1;
        for (var packet : stream.packets()) {
            int id = Pictures.pictureId(packet.payload());
            assertThat(before < 0 || (id - before & 0x7fff) <= 1).isTrue();
            before = id;
        }
    }

    private static long longestGapMillis(Viewer viewer, long since) {
        long longest = 0;
        long before = 0;
        for (ReceivedStream.Arrival arrival : viewer.stream(0).bySeq().values()) {
            if (arrival.packet().marker() && arrival.atNanos() >= since && !arrival.repaired()) {
                longest = before == 0 ? 0 : Math.max(longest, arrival.atNanos() - before);
                before = arrival.atNanos();
            }
        }
        return longest / MILLI;
    }
}
