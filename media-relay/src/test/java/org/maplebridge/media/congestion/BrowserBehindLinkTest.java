package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

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
        var scene = new LinkScene(seed);
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
            var scene = new LinkScene(seed);
            scene.over(150, loss);
            scene.over(150, loss);
            var wider = scene.over(kbitPerSecond, loss);
            var later = scene.over(kbitPerSecond, loss);
            assertThat(wider.framesPerSecond()).as("seed %d", seed).isGreaterThan(14);
            assertThat(later.framesPerSecond()).as("seed %d, later", seed).isGreaterThan(14);
        }
    }
}
