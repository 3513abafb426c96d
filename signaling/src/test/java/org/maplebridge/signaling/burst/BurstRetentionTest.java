package org.maplebridge.signaling.burst;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BurstRetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final Instant FIRST_KEPT = Instant.parse("2026-10-22T00:00:00Z");

    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> steps = new ArrayList<>();
    private final BurstShelf shelf = new BurstShelf(failures, steps);

    @TempDir Path folder;

    @Test
    void whatIsTooOldIsForgottenInPiecesWithItsSound() throws IOException {
        var old = write("2026/10/21/a.opus");
        var kept = write("2026/10/22/b.opus");
        shelf.old = 1_200;

        round();

        assertThat(shelf.old).isZero();
        assertThat(shelf.dropped()).containsExactly(FIRST_KEPT, FIRST_KEPT, FIRST_KEPT);
        assertThat(old).doesNotExist();
        assertThat(kept).exists();
        assertThat(steps).containsExactly("nothing missed before 2026-11-20T03:00:00Z");
    }

    @Test
    void aRecordThatIsAwayIsLeftForTheNextRound() {
        shelf.old = 3;
        failures.set(1);

        round();
        assertThat(shelf.old).isEqualTo(3);
        round();
        assertThat(shelf.old).isZero();
    }

    private void round() {
        new BurstRetention(shelf, _ -> Set.of(), new VoiceFiles(folder), 30, () -> NOW).round();
    }

    private Path write(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "OggS");
    }
}
