package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maplebridge.media.api.LegStats;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;
import org.maplebridge.media.simulation.SimulatedPublisher;
import org.maplebridge.media.simulation.Stage;

/// A viewer whose machine has too much to do reads what came in steps, and stamps it late. That is
/// no narrow link, and its pictures go on.
class StarvedViewerTest {
    private static final int PICTURE = 0x5107;
    private static final int PICTURE_RTX = 0x5108;
    private static final int VOICE = 0x5109;
    private static final long QUEUE = 400 * MILLI;
    private static final Weather WEATHER = new Weather(10 * MILLI, 0, 0, 0, 0, 0);

    private static final long LOOK = 20 * MILLI;
    private static final long MINUTE = 60 * SECOND;

    private final Stage stage = new Stage(1);
    private SimulatedPublisher camera = new SimulatedPublisher(true, 1, 0x100, 0x101, 100, 5);
    private long longestPauseNanos;
    private long longestQueueNanos;
    private long leastLimit = Long.MAX_VALUE;

    @ParameterizedTest(name = "{0} bit/s, voice {1}, steps of {2} to {3} ms, up to {4} at once")
    @CsvSource({
        "2000000, true, 50, 50, 1000",
        "2000000, true, 20, 100, 1000",
        "2000000, true, 50, 300, 1000",
        "2000000, true, 100, 300, 1000",
        "2000000, true, 20, 60, 20",
        "2000000, true, 10, 40, 40",
        "2000000, false, 50, 300, 1000",
        "1000000, true, 4, 40, 20",
        "300000, true, 20, 100, 1000",
        "300000, true, 50, 300, 1000",
        "300000, true, 50, 300, 10",
        "300000, false, 20, 100, 1000",
        "300000, false, 50, 300, 1000",
        "300000, false, 10, 40, 6",
        "100000, true, 50, 300, 1000",
        "100000, false, 20, 60, 1000",
        "100000, false, 50, 300, 1000",
        "100000, false, 50, 300, 4",
        "100000, false, 50, 300, 2"
    })
    void aWideLinksPicturesGoOn(long bits, boolean voice, int shortest, int longest, int most) {
        camera = camera(bits);
        var viewer = viewer(100_000_000, voice);
        viewer.viewer().starve(shortest * MILLI, longest * MILLI, most);
        watch(viewer, MINUTE);

        assertThat(longestPauseNanos).isLessThan(SECOND);
        assertThat(viewer.stream(PICTURE).shown().size()).isGreaterThan(60 * 29);
        assertThat(leastLimit).isGreaterThan(bits * 8 / 10);
    }

    @ParameterizedTest(name = "{0} bit/s, starved for {1} ms, then not for {2} ms")
    @CsvSource({
        "2000000, 500, 2000",
        "2000000, 3000, 3000",
        "300000, 1000, 500",
        "2000000, 8000, 22000"
    })
    void norDoesAPeerThatStarvesNowAndThenLoseAny(long bits, int starvedMillis, int idleMillis) {
        camera = camera(bits);
        var viewer = viewer(100_000_000, true);
        for (long begun = stage.now(); stage.now() - begun < MINUTE; ) {
            viewer.viewer().starve(50 * MILLI, 300 * MILLI, 1_000);
            watch(viewer, starvedMillis * MILLI);
            viewer.viewer().starve(0, 0, 0);
            watch(viewer, idleMillis * MILLI);
        }

        assertThat(longestPauseNanos).isZero();
        assertThat(viewer.stream(PICTURE).shown().size()).isGreaterThan(60 * 29);
        assertThat(leastLimit).isGreaterThan(bits);
    }

    @ParameterizedTest(name = "{0} bit/s, steps of {1} to {2} ms")
    @CsvSource({
        "400000, 20, 60",
        "500000, 50, 100",
        "1000000, 20, 60",
        "1000000, 50, 100",
        "1000000, 50, 300",
        "1500000, 100, 100"
    })
    void aLinkThatIsNarrowBesidesIsFoundAllTheSame(long link, int shortest, int longest) {
        camera = camera(2_000_000);
        var viewer = viewer(link, true);
        viewer.viewer().starve(shortest * MILLI, longest * MILLI, 1_000);
        stage.run(SECOND);
        assertThat(stats(viewer).downlinkBitsPerSecond()).isBetween(link * 6 / 10, link * 13 / 10);
        stage.run(2 * SECOND);
        long lost = viewer.down.lost();
        watch(viewer, 20 * SECOND);

        assertThat(stats(viewer).downlinkBitsPerSecond()).isBetween(link * 6 / 10, link * 13 / 10);
        assertThat(longestQueueNanos).isLessThan(150 * MILLI);
        assertThat(viewer.down.lost()).isEqualTo(lost);
        assertThat(viewer.stream(PICTURE).shown().size()).isGreaterThan(20 * 29);
    }

    @ParameterizedTest(name = "{0} bit/s, steps of {1} to {2} ms")
    @CsvSource({"2000000, 300, 900", "2000000, 600, 600", "4000000, 300, 900"})
    void oneThatLosesWhatItDoesNotReadInTimeIsShownWhatItCanRead(
            long bits, int shortest, int longest) {
        camera = camera(bits);
        var viewer = viewer(100_000_000, true);
        viewer.viewer().starve(shortest * MILLI, longest * MILLI, 1_000);
        watch(viewer, MINUTE);
        assertThat(longestPauseNanos).isLessThan(2 * SECOND);

        viewer.viewer().starve(0, 0, 0);
        stage.run(2 * SECOND);
        int before = viewer.stream(PICTURE).shown().size();
        stage.run(10 * SECOND);
        assertThat(viewer.stream(PICTURE).shown().size()).isGreaterThan(before + 10 * 28);
    }

    private void watch(Stage.Peer viewer, long nanos) {
        long paused = 0;
        for (long end = stage.now() + nanos; stage.now() < end; ) {
            stage.run(LOOK);
            paused = state(viewer).startsWith("paused") ? paused + LOOK : 0;
            longestPauseNanos = Math.max(longestPauseNanos, paused);
            longestQueueNanos = Math.max(longestQueueNanos, viewer.down.waitNanos());
            leastLimit = Math.min(leastLimit, camera.limit());
        }
    }

    private SimulatedPublisher camera(long bits) {
        var peer =
                stage.open(
                        "car",
                        0,
                        Weather.CALM,
                        Map.of("0", "cam"),
                        Sections.sending("0", MediaKind.VIDEO, 0x100, 0x101, Sections.vp8(96, 97)));
        var publisher =
                peer.publishing(
                        new SimulatedPublisher(true, 1, 0x100, 0x101, 100, 5).encodingAt(bits));
        peer.connect();
        return publisher;
    }

    private Stage.Peer viewer(long bits, boolean voice) {
        var peer =
                stage.open(
                        "room",
                        0,
                        WEATHER,
                        Map.of(),
                        Sections.receiving(
                                "v", MediaKind.VIDEO, PICTURE, PICTURE_RTX, Sections.vp8(96, 97)),
                        Sections.receiving("a", MediaKind.AUDIO, VOICE, 0, Sections.opus(111)));
        peer.viewer().setFeedback(true);
        peer.down.setBottleneck(new Bottleneck(bits, QUEUE));
        peer.connect();
        peer.attach("v", "cam");
        if (voice) {
            var talker =
                    stage.open(
                            "talker",
                            0,
                            Weather.CALM,
                            Map.of("1", "mic"),
                            Sections.sending("1", MediaKind.AUDIO, 0x102, 0, Sections.opus(111)));
            talker.publishing(new SimulatedPublisher(false, 2, 0x102, 0, 200, 7));
            talker.connect();
            peer.attach("a", "mic");
        }
        return peer;
    }

    private String state(Stage.Peer viewer) {
        return stats(viewer).slots().getFirst().state();
    }

    private LegStats stats(Stage.Peer viewer) {
        return Objects.requireNonNull(stage.relay(0).legStats(viewer.id, stage.now()));
    }
}
