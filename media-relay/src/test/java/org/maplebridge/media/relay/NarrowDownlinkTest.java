package org.maplebridge.media.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.MILLI;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.sdp.MediaKind;
import org.maplebridge.media.simulation.ReceivedStream;
import org.maplebridge.media.simulation.Sections;
import org.maplebridge.media.simulation.SimulatedNetwork.Bottleneck;
import org.maplebridge.media.simulation.SimulatedNetwork.Weather;

/// Voice beside a picture that a viewer's link does not bear: voice goes on as if it were alone.
class NarrowDownlinkTest extends NarrowStage {
    @ParameterizedTest(name = "{0} bit/s, encoder {1}")
    @CsvSource({
        "400000, 1",
        "500000, 2",
        "700000, 1",
        "1000000, 1",
        "1000000, 2",
        "1000000, 3",
        "1500000, 1",
        "3000000, 1"
    })
    void voiceIsAsQuickAsAloneAfterTwoSecondsAndThePictureMoves(long bits, int encoder) {
        begin(encoder, 4_000_000);
        var viewer = viewer("room", 0, bits);
        stage.run(2 * SECOND);
        long settled = stage.now();
        stage.run(20 * SECOND);

        assertThat(percentile(delaysSince(viewer, settled), 99) - aloneMillis(bits))
                .isLessThan(BEARABLE_MILLIS);
        assertThat(lostVoiceSince(viewer, settled)).isZero();
        assertThat(picturesSince(viewer, settled)).isGreaterThan(20 * 24);
        assertThat(camera.limit()).isLessThan(bits);
        assertThat(state(viewer)).isEqualTo("paced");
        assertThat(stats(viewer).downlinkBitsPerSecond())
                .isBetween(bits * 70 / 100, bits * 130 / 100);
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {220_000, 250_000, 300_000, 350_000})
    void whereOnePacketIsLongerThanAGapVoiceWaitsForOneAndThePictureMoves(long bits) {
        begin(1, 4_000_000);
        var viewer = viewer("room", 0, bits);
        stage.run(5 * SECOND);
        long settled = stage.now();
        stage.run(20 * SECOND);

        assertThat(percentile(delaysSince(viewer, settled), 99) - aloneMillis(bits))
                .isLessThan(LONGEST_MILLIS);
        assertThat(lostVoiceSince(viewer, settled)).isZero();
        assertThat(picturesSince(viewer, settled)).isGreaterThan(20 * 10);
        assertThat(camera.limit()).isBetween(80_000L, bits);
        assertThat(state(viewer)).isEqualTo("paced");
    }

    @ParameterizedTest(name = "{0} bit/s")
    @ValueSource(longs = {300_000, 400_000})
    void besideTwoVoicesThePictureMovesToo(long bits) {
        begin(1, 4_000_000);
        secondMicrophone();
        var viewer = viewer("room", 0, bits);
        viewer.attach("b", "mic2");
        stage.run(5 * SECOND);
        long settled = stage.now();
        stage.run(20 * SECOND);

        assertThat(percentile(delaysSince(viewer, settled), 99) - aloneMillis(bits))
                .isLessThan(LONGEST_MILLIS);
        assertThat(lostVoiceSince(viewer, settled)).isZero();
        assertThat(picturesSince(viewer, settled)).isGreaterThan(20 * 10);
    }

    @Test
    void onALinkThatNoPictureFitsOnItWaitsForAPauseInSpeech() {
        var viewer = viewer("room", 0, 150_000);
        stage.run(4 * SECOND);
        long settled = stage.now();
        stage.run(10 * SECOND);

        // Once in these ten seconds it is tried with two packets.
        assertThat(percentile(delaysSince(viewer, settled), 95) - aloneMillis(150_000))
                .isLessThan(BEARABLE_MILLIS);
        assertThat(lostVoiceSince(viewer, settled)).isZero();
        assertThat(state(viewer)).isEqualTo("paused-for-bandwidth");
        assertThat(camera.limit()).isBetween(80_000L, 150_000L);

        microphone.setTalking(false);
        stage.run(5 * SECOND);
        long silent = stage.now();
        stage.run(5 * SECOND);
        assertThat(state(viewer)).isEqualTo("paced");
        assertThat(picturesSince(viewer, silent)).isGreaterThan(5 * 10);
    }

    @Test
    void paddingTakesThePlaceOfAPictureThatFindsNone() {
        var viewer = viewer("room", 0, 150_000);
        stage.run(10 * SECOND);
        assertThat(state(viewer)).isEqualTo("paused-for-bandwidth");
        int probes = viewer.viewer().probes();
        assertThat(probes).isGreaterThan(50);
        assertThat(stage.relay().counters().paddedTotal()).isBetween(probes + 0L, probes + 5L);
    }

    @Test
    void paddingEndsWhereAPictureFindsAPlaceInAnyCase() {
        var viewer = viewer("room", 0, 150_000);
        stage.run(10 * SECOND);
        camera.makeNoKeyFrames();
        viewer.down.setBottleneck(new Bottleneck(100_000_000, QUEUE));
        int most = 0;
        for (int second = 0; second < 60; second++) {
            int before = viewer.viewer().probes();
            stage.run(SECOND);
            most = Math.max(most, viewer.viewer().probes() - before);
        }
        assertThat(most).isBetween(100, 700); // 550 kbit/s

        int probes = viewer.viewer().probes();
        stage.run(10 * SECOND);
        assertThat(viewer.viewer().probes()).isEqualTo(probes);
    }

    @Test
    void aPeerThatDoesNotTellWhatArrivedIsSentNoPadding() {
        var viewer = viewer("player", 0, 150_000);
        viewer.viewer().setFeedback(false);
        stage.run(20 * SECOND);

        assertThat(viewer.viewer().probes()).isZero();
    }

    @Test
    void aPictureThatCameWithAMoveIsToldToBeLeftOutAsAnyOther() {
        var viewer = viewer("party", 0, 150_000);
        viewer.detach("v");
        stage.run(SECOND);
        stage.events.clear();
        var out = stage.out(0);
        long now = stage.now();
        stage.relay().attachSince(viewer.id, "v", CAMERA, now, now, out);
        out.flush();
        stage.relay().requestKeyFrame(CAMERA);
        stage.run(10 * SECOND);

        assertThat(state(viewer)).isEqualTo("paused-for-bandwidth");
        assertThat(stage.events)
                .contains(
                        new RelayEvent.PictureShown(viewer.id, "v", 0, 1, false),
                        new RelayEvent.PictureShown(viewer.id, "v", 0, 1, true));
    }

    @Test
    void aLinkThatRecoversWhileSomebodyTalksShowsThePictureAgain() {
        var viewer = viewer("room", 0, 150_000);
        stage.run(10 * SECOND);
        assertThat(state(viewer)).isEqualTo("paused-for-bandwidth");

        viewer.down.setBottleneck(new Bottleneck(2_000_000, QUEUE));
        stage.run(25 * SECOND);
        long recovered = stage.now();
        stage.run(10 * SECOND);
        assertThat(picturesSince(viewer, recovered)).isGreaterThan(10 * 24);
    }

    @ParameterizedTest(name = "to {0} bit/s")
    @ValueSource(longs = {4_000_000, 100_000_000})
    void aLinkThatRecoversShowsTheWholePictureWithinTenSeconds(long bits) {
        var viewer = viewer("room", 0, 1_000_000);
        stage.run(10 * SECOND);
        assertThat(camera.limit()).isLessThan(1_000_000);

        viewer.down.setBottleneck(new Bottleneck(bits, QUEUE));
        stage.run(10 * SECOND);
        assertThat(camera.limit()).isGreaterThanOrEqualTo(2_000_000);
        long recovered = stage.now();
        stage.run(20 * SECOND);

        assertThat(picturesSince(viewer, recovered)).isGreaterThan(20 * 29);
        assertThat(state(viewer)).isEqualTo("live");
        assertThat(stats(viewer).downlinkBitsPerSecond()).isNegative();
    }

    @Test
    void aLinkThatBecomesNarrowIsNoticedAtOnce() {
        var viewer = viewer("room", 0, 100_000_000);
        stage.run(10 * SECOND);
        assertThat(state(viewer)).isEqualTo("live");

        viewer.down.setBottleneck(new Bottleneck(1_000_000, QUEUE));
        stage.run(300 * MILLI);
        assertThat(stats(viewer).downlinkBitsPerSecond()).isBetween(700_000L, 1_000_000L);
        stage.run(700 * MILLI);
        long settled = stage.now();
        stage.run(10 * SECOND);
        assertThat(percentile(delaysSince(viewer, settled), 99) - aloneMillis(1_000_000))
                .isLessThan(BEARABLE_MILLIS);
    }

    @Test
    void anEncoderThatHeedsNoLimitIsShownAsSinglePictures() {
        camera.disobedient();
        var viewer = viewer("room", 0, 1_000_000);
        stage.run(2 * SECOND);
        long settled = stage.now();
        stage.run(30 * SECOND);

        assertThat(percentile(delaysSince(viewer, settled), 99) - aloneMillis(1_000_000))
                .isLessThan(BEARABLE_MILLIS);
        assertThat(lostVoiceSince(viewer, settled)).isZero();
        assertThat(picturesSince(viewer, settled)).isGreaterThanOrEqualTo(6);
        assertThat(camera.keyFrameRequests()).isBetween(6, 20);
        assertThat(viewer.stream(PICTURE).stepsBack()).isEmpty();
    }

    @Test
    void aViewerWithoutArrivalFeedbackIsJudgedByItsReports() {
        var viewer = viewer("player", 0, 1_000_000);
        viewer.viewer().setFeedback(false);
        stage.run(10 * SECOND);
        long settled = stage.now();
        stage.run(30 * SECOND);

        assertThat(percentile(delaysSince(viewer, settled), 50)).isLessThan(30);
        assertThat(lostVoiceSince(viewer, settled)).isZero();
        assertThat(picturesSince(viewer, settled)).isGreaterThan(30 * 24);
        assertThat(camera.limit()).isLessThan(1_300_000);
    }

    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 2})
    void theOtherViewerKeepsAMovingPicture(int loops) {
        begin(1, 2_000_000, loops);
        var narrow = viewer("narrow", loops - 1, 1_000_000);
        var fast = viewer("fast", 0, 100_000_000);
        stage.run(3 * SECOND);
        long settled = stage.now();
        stage.run(20 * SECOND);

        assertThat(picturesSince(fast, settled)).isGreaterThan(20 * 29);
        assertThat(picturesSince(narrow, settled)).isGreaterThan(20 * 24);
        assertThat(state(fast)).isEqualTo("live");
        assertThat(percentile(delaysSince(fast, settled), 100)).isLessThan(12);
        assertThat(camera.limit()).isBetween(500_000L, 1_000_000L); // one layer for both
    }

    @ParameterizedTest(name = "{0} loops")
    @ValueSource(ints = {1, 2})
    void oneVeryNarrowViewerPullsNobodyBelowTheSharedFloor(int loops) {
        begin(1, 2_000_000, loops);
        var narrow = viewer("narrow", loops - 1, 300_000);
        var fast = viewer("fast", 0, 100_000_000);
        stage.run(3 * SECOND);
        long settled = stage.now();
        stage.run(20 * SECOND);

        assertThat(camera.limit()).isEqualTo(500_000);
        assertThat(picturesSince(fast, settled)).isGreaterThan(20 * 29);
        assertThat(picturesSince(narrow, settled)).isBetween(1, 20 * 12); // single ones
        assertThat(percentile(delaysSince(narrow, settled), 99) - aloneMillis(300_000))
                .isLessThan(LONGEST_MILLIS);
    }

    @Test
    void aNarrowViewerThatLooksElsewhereHoldsNobodyBack() {
        var narrow = viewer("narrow", 0, 700_000);
        var fast = viewer("fast", 0, 100_000_000);
        stage.run(5 * SECOND);
        assertThat(camera.limit()).isLessThan(700_000);

        narrow.detach("v");
        stage.run(6 * SECOND);
        assertThat(camera.limit()).isGreaterThanOrEqualTo(2_000_000);
        long recovered = stage.now();
        stage.run(5 * SECOND);
        assertThat(picturesSince(fast, recovered)).isGreaterThan(5 * 29);
    }

    @Test
    void whatIsMissedIsRepeatedWithinTheBudget() {
        var viewer = viewer("room", 0, 1_000_000);
        viewer.down.setWeather(new Weather(10 * MILLI, 0, 0.03, 0, 0, 0));
        stage.run(3 * SECOND);
        long settled = stage.now();
        stage.run(20 * SECOND);

        ReceivedStream stream = viewer.stream(PICTURE);
        assertThat(stream.repaired()).isGreaterThan(20);
        assertThat(picturesSince(viewer, settled)).isGreaterThan(20 * 24);
        assertThat(percentile(delaysSince(viewer, settled), 99) - aloneMillis(1_000_000))
                .isLessThan(BEARABLE_MILLIS);
    }

    @Test
    void lossOfARadioLinkIsNoNarrowLink() {
        var viewer = viewer("room", 0, 100_000_000);
        viewer.down.setWeather(new Weather(10 * MILLI, 0, 0.15, 0, 0, 0));
        stage.run(30 * SECOND);
        long settled = stage.now();
        stage.run(10 * SECOND);

        assertThat(Math.min(camera.limit(), 2_000_000)).isGreaterThan(1_500_000);
        assertThat(picturesSince(viewer, settled)).isGreaterThan(10 * 24);
    }

    @Test
    void aSlotOfANarrowViewerBeginsWithAKeyFrameThatPassesQuickly() {
        var viewer = viewer("room", 0, 1_000_000);
        stage.run(10 * SECOND);
        viewer.detach("v");
        stage.run(SECOND);
        long attached = stage.now();
        viewer.attach("v", "cam");
        stage.run(2 * SECOND);

        long first =
                viewer.stream(PICTURE).bySeq().values().stream()
                        .mapToLong(ReceivedStream.Arrival::atNanos)
                        .filter(at -> at > attached)
                        .min()
                        .orElseThrow();
        assertThat(first - attached).isLessThan(600 * MILLI);
        assertThat(picturesSince(viewer, attached)).isGreaterThan(30);
        assertThat(percentile(delaysSince(viewer, attached), 100) - aloneMillis(1_000_000))
                .isLessThan(BEARABLE_MILLIS + 5);
    }

    @Test
    void whatALinkBearsIsKnownWhenTheNextPictureIsChosenLater() {
        var viewer = viewer("room", 0, 1_000_000);
        stage.run(10 * SECOND);
        viewer.detach("v");
        stage.run(20 * SECOND);
        long attached = stage.now();
        viewer.attach("v", "cam");
        stage.run(5 * SECOND);

        assertThat(picturesSince(viewer, attached)).isGreaterThan(5 * 20);
        assertThat(percentile(delaysSince(viewer, attached), 99) - aloneMillis(1_000_000))
                .isLessThan(BEARABLE_MILLIS);
    }

    @Test
    void aListenerWithoutPicturesIsNotCounted() {
        var listener =
                stage.open(
                        "listener",
                        0,
                        WEATHER,
                        Map.of(),
                        Sections.receiving("a", MediaKind.AUDIO, VOICE, 0, Sections.opus(111)));
        listener.viewer().setFeedback(true);
        listener.connect();
        listener.attach("a", "mic");
        stage.run(SECOND);

        assertThat(listener.stream(VOICE).packets())
                .hasSizeGreaterThan(40)
                .noneMatch(packet -> packet.extensions().containsKey(Sections.IDS.transportWide()));
    }
}
