package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.dispatch.journal.seal.BlockCheck;
import org.maplebridge.dispatch.journal.seal.SealedBlock;

/// Another process seals what it writes and is killed in the middle of it, five times: the chain
/// goes on from where it was, with every block that was acknowledged.
class KilledSealerTest {
    /// Static: all rounds go on with one chain.
    @TempDir static Path directory;

    private static final Set<String> ACKNOWLEDGED = new LinkedHashSet<>();

    @RepeatedTest(5)
    void theChainIsWholeAfterKillMinusNine(RepetitionInfo round) throws Exception {
        var sealed =
                KilledProcess.acknowledged(
                        SealingProcess.class, directory, round.getCurrentRepetition(), 40);
        assertThat(sealed).doesNotHaveDuplicates();
        ACKNOWLEDGED.addAll(sealed);
        var there = new LinkedHashSet<String>();
        try (var record = JdbcRecord.open(JdbcSettings.embedded(directory))) {
            @Nullable SealedBlock before = null;
            for (var block : record.seals().blocks(1, 100_000)) {
                var found = record.seals().found(block.number());
                assertThat(BlockCheck.faults(before, block, found, List.of(), Set.of())).isEmpty();
                there.add(block.number() + ":" + block.hash());
                before = block;
            }
        }
        assertThat(there).containsAll(ACKNOWLEDGED);
    }
}
