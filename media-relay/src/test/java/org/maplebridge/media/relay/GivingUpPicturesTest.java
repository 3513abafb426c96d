package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.PictureLimit;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;

/// Links that are nearly nothing, and nodes that are short of processor: talk goes on, and pictures
/// come back.
class GivingUpPicturesTest extends NarrowStage {
    @Test
    void aLinkThatWasNearlyNothingIsFoundOutAgainWhileSomebodyTalks() {
        var viewer = viewer("room", 0, 130_000);
        stage.run(10 * SECOND);
        assertThat(state(viewer)).isEqualTo("paused-for-bandwidth");
        assertThat(stats(viewer).downlinkBitsPerSecond()).isLessThan(200_000);
        viewer.down.setBottleneck(new Bottleneck(5_000_000, QUEUE));
        long better = stage.now();
        stage.run(12 * SECOND);
        long shown = stage.now();
        stage.run(5 * SECOND);
        assertThat(picturesSince(viewer, shown)).isGreaterThan(5 * 24);
        assertThat(percentile(delaysSince(viewer, better), 100)).isLessThan(60);
    }

    @Test
    void aLinkOfNearlyNothingIsTriedSoGentlyThatTalkGoesOn() {
        var viewer = viewer("room", 0, 150_000);
        stage.run(5 * SECOND);
        long settled = stage.now();
        stage.run(180 * SECOND);
        assertThat(lostVoiceSince(viewer, settled)).isZero();
        List<Double> delays = delaysSince(viewer, settled);
        assertThat(percentile(delays, 99) - aloneMillis(150_000)).isLessThan(BEARABLE_MILLIS);
        assertThat(percentile(delays, 100) - aloneMillis(150_000)).isLessThan(180);
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {1_000_000, 100_000_000})
    void aNodeThatIsShortOfProcessorPausesPicturesAndNoVoice(long bits) {
        begin(1, 2_000_000);
        var viewer = viewer("room", 0, bits);
        stage.run(5 * SECOND);
        stage.relay().limitPictures(PictureLimit.PAUSED);
        stage.run(2 * SECOND);
        assertThat(state(viewer)).isEqualTo("paused-for-bandwidth");
        assertThat(toldPaused()).isTrue();
        long paused = stage.now();
        stage.run(10 * SECOND);
        assertThat(picturesSince(viewer, paused)).isZero();
        assertThat(lostVoiceSince(viewer, paused)).isZero();
        assertThat(percentile(delaysSince(viewer, paused), 100) - aloneMillis(bits))
                .isLessThan(BEARABLE_MILLIS);

        stage.relay().limitPictures(PictureLimit.NONE);
        long released = stage.now();
        stage.run(3 * SECOND);
        assertThat(picturesSince(viewer, released)).isGreaterThan(2 * 24);
        assertThat(toldPaused()).isFalse();
    }

    @Test
    void aNodeThatIsShortOfProcessorAsksACameraWithoutLayersForLess() {
        begin(1, 2_000_000);
        var viewer = viewer("room", 0, 100_000_000);
        stage.run(3 * SECOND);
        assertThat(camera.limit()).isGreaterThanOrEqualTo(2_000_000);
        stage.relay().limitPictures(PictureLimit.LOWEST);
        stage.run(2 * SECOND);
        for (int i = 0; i < 10; i++) {
            stage.run(SECOND);
            assertThat(camera.limit()).isBetween(400_000L, 500_000L);
        }
        long settled = stage.now();
        stage.relay().limitPictures(PictureLimit.NONE);
        stage.run(8 * SECOND);
        assertThat(camera.limit()).isGreaterThanOrEqualTo(2_000_000);
        assertThat(picturesSince(viewer, settled)).isGreaterThan(8 * 29);
    }
}
