package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.media.simulation.LinkScene;

/// The cells of the links table at its narrow end, one after the other: what was learned in one is
/// not to stand in the way of the next.
class BrowserBehindLinkTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {2, 7, 8, 15})
    void aLinkThatIsWiderAgainShowsThePictureThoughItLosesTenPercent(int seed) {
        var scene = LinkScene.ofTwoVoices(seed);
        var narrow = scene.over(300, 0);
        assertThat(narrow.framesPerSecond()).isGreaterThan(14);
        scene.over(300, 10);
        var wider = scene.over(1_000, 10);

        assertThat(wider.framesPerSecond()).isGreaterThan(14);
    }

    /// Nothing but voice goes over a link of 150 kbit/s, and voice alone does not show that there
    /// is more room: padding does.
    @ParameterizedTest(name = "{0} kbit/s, {1} % lost")
    @CsvSource({"300, 0", "600, 5", "600, 10"})
    void aPictureIsBackWithinSecondsWhenALinkBearsOneAgain(int kbitPerSecond, int loss) {
        for (int seed = 1; seed <= 6; seed++) {
            var scene = LinkScene.ofTwoVoices(seed);
            scene.over(150, loss);
            scene.over(150, loss);
            var wider = scene.over(kbitPerSecond, loss);
            var later = scene.over(kbitPerSecond, loss);
            assertThat(wider.framesPerSecond()).as("seed %d", seed).isGreaterThan(14);
            assertThat(later.framesPerSecond()).as("seed %d, later", seed).isGreaterThan(14);
        }
    }

    /// Its talk and the sound of its picture are one voice, and on a narrow link they come as one.
    @ParameterizedTest(name = "{0} kbit/s, {1} % lost")
    @CsvSource({"300, 5", "300, 10"})
    void beSeenAndTalkNeedsNoMoreThanBeHeardOnce(int kbitPerSecond, int loss) {
        for (int seed = 1; seed <= 6; seed++) {
            var scene = LinkScene.ofOneVoice(seed);
            scene.over(kbitPerSecond, loss);
            int sound = scene.soundPackets();
            int talk = scene.talkPackets();
            var later = scene.over(kbitPerSecond, loss);
            assertThat(later.framesPerSecond()).as("seed %d", seed).isGreaterThan(14);
            assertThat(scene.talkPackets() - talk).isGreaterThan(18 * 50 * 8 / 10);
            assertThat(scene.soundPackets() - sound).isBetween(30, 120); // between the talks
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2})
    void theSoundGoesOnBehindTheTalkWithoutAHole(int seed) {
        var scene = LinkScene.ofOneVoice(seed);
        scene.over(300, 0);
        int missing = scene.soundMissing();
        int sound = scene.soundPackets();
        scene.over(300, 0);
        scene.over(300, 0);

        assertThat(scene.soundPackets() - sound).isBetween(60, 240); // twice left out and begun
        assertThat(scene.soundMissing()).isEqualTo(missing);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2})
    void onAWideLinkBothCome(int seed) {
        var scene = LinkScene.ofOneVoice(seed);
        scene.over(10_000, 0);
        int sound = scene.soundPackets();
        scene.over(10_000, 0);

        assertThat(scene.soundPackets() - sound).isBetween(940, 960);
    }

    /// It was held to bear many times as much, and of that little is sent: the queue that stands is
    /// its own all the same.
    @Test
    void aWideLinkThatBecomesVeryNarrowIsFoundOut() {
        var scene = LinkScene.ofOneVoice(20);
        scene.over(2_500, 5);
        scene.over(10_000, 5);
        scene.over(150, 5);

        assertThat(scene.over(300, 5).framesPerSecond()).isGreaterThan(14);
    }
}
