package org.maplebridge.media.leg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AskedShareTest {
    private final AskedShare asked = new AskedShare();

    @Test
    void asksForAllButTheHeadersWhereNothingWaits() {
        assertThat(asked.look(false, true)).isEqualTo(0.93);
    }

    @Test
    void asksForLessAtOnceAndForLessStillWhileThingsWait() {
        for (int look = 0; look < 6; look++) {
            assertThat(asked.look(true, true)).isEqualTo(0.8);
        }
        assertThat(asked.look(true, true)).isEqualTo(0.74, within(1e-9));
        for (int look = 0; look < 100; look++) {
            asked.look(true, true);
        }
        assertThat(asked.look(true, true)).isEqualTo(0.4);
    }

    @Test
    void goesBackByAndBy() {
        for (int look = 0; look < 20; look++) {
            asked.look(true, true);
        }
        assertThat(asked.look(false, true)).isEqualTo(0.44, within(1e-9));
        for (int look = 0; look < 20; look++) {
            asked.look(false, true);
        }
        assertThat(asked.look(false, true)).isEqualTo(0.93);
    }

    @Test
    void believesNoMoreOfAPeerThatReadsInSteps() {
        for (int look = 0; look < 20; look++) {
            assertThat(asked.lookUnsure(true)).isEqualTo(0.8);
        }
        assertThat(asked.lookUnsure(false)).isEqualTo(0.93);
    }

    @Test
    void asksForNoLessOfWhoSendsWhatIsAskedFor() {
        for (int look = 0; look < 20; look++) {
            assertThat(asked.look(true, false)).isEqualTo(0.8);
        }
    }
}
