package org.maplebridge.media.finish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.maplebridge.media.simulation.Stage.SECOND;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Some minutes through a relay, with 5 % loss and clocks that run off: what flashes and beeps at
/// one moment does so in the finished file, for a player that counts samples. The benchmark
/// `recording` does the same for half an hour.
class FinishedLipSyncTest {
    private static final double ALLOWED_MILLIS = 40;

    @TempDir private Path folder;

    @Test
    void flashAndBeepStayTogether() throws Exception {
        var result = LipSyncRun.run(folder, 5 * 60 * SECOND);
        assertThat(result.flashes()).isEqualTo(30);
        assertThat(result.beeps()).isEqualTo(30);
        assertThat(result.worstMillis()).isLessThanOrEqualTo(ALLOWED_MILLIS);
        assertThat(result.piece().framesLeftOut()).isLessThan(10);
        assertThat(result.piece().concealedMillis()).isBetween(10_000L, 20_000L);
    }
}
