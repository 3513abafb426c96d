package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.store.RecordUnavailable;

/// Another process places orders and says so as each one is acknowledged; it is killed without
/// warning in the middle of it.
class KilledProcessTest {
    /// Static: the three rounds pile up in one database.
    @TempDir static Path directory;

    private static final Set<OrderId> ACKNOWLEDGED = new HashSet<>();

    @ParameterizedTest(name = "round {0}")
    @ValueSource(ints = {1, 2, 3})
    void everyAcknowledgedOrderIsFoundAgainAfterKillMinusNine(int round) throws Exception {
        int before = ACKNOWLEDGED.size();

        KilledProcess.acknowledged(OrderPlacingProcess.class, directory, round, 40)
                .forEach(id -> ACKNOWLEDGED.add(new OrderId(id)));

        assertThat(ACKNOWLEDGED.size() - before).isGreaterThanOrEqualTo(20);
        assertAllFound();
    }

    private static void assertAllFound() throws RecordUnavailable {
        try (JdbcRecord record = JdbcRecord.open(JdbcSettings.embedded(directory))) {
            for (OrderId id : ACKNOWLEDGED) {
                assertThat(record.orders().find(id)).as("order %s", id).isPresent();
                assertThat(record.journal().about(Subject.of(id), 0, 9))
                        .as("journal of %s", id)
                        .hasSize(1);
            }
            List<Long> numbers = ACKNOWLEDGED.stream().map(id -> found(record, id)).toList();
            assertThat(numbers).doesNotHaveDuplicates();
        }
    }

    private static long found(JdbcRecord record, OrderId id) {
        try {
            return record.orders().find(id).orElseThrow().number();
        } catch (RecordUnavailable gone) {
            throw new AssertionError(gone);
        }
    }
}
