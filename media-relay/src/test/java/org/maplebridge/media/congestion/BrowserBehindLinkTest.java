package org.maplebridge.media.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
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
}
