package org.maplebridge.dispatch.jdbc;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.journal.seal.SealedBlock;
import org.maplebridge.dispatch.journal.seal.TestKey;
import org.maplebridge.dispatch.model.UnitId;

/// A process of its own that writes entries from three threads and seals them from two until it is
/// killed, and prints number and hash of each block that was acknowledged.
final class SealingProcess {
    private static final Subject CAR = Subject.of(new UnitId("car1"));

    private SealingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var record = JdbcRecord.open(JdbcSettings.embedded(Path.of(arguments[0])));
        try (var threads = Executors.newFixedThreadPool(5)) {
            for (int thread = 0; thread < 3; thread++) {
                threads.submit(() -> writeForEver(record));
            }
            threads.submit(() -> sealForEver(record));
            threads.submit(() -> sealForEver(record));
        }
    }

    private static Void writeForEver(JdbcRecord record) throws Exception {
        for (int i = 0; ; i++) {
            var detail = Map.of("n", Integer.toString(i));
            record.journal()
                    .append(
                            new Happening(
                                    Instant.EPOCH,
                                    JournalKind.UNIT_STATUS,
                                    null,
                                    null,
                                    List.of(CAR),
                                    detail));
        }
    }

    private static Void sealForEver(JdbcRecord record) throws Exception {
        var key = TestKey.made();
        var seals = record.seals();
        while (true) {
            var head = seals.head().orElse(null);
            var waiting = seals.unsealed(Long.MIN_VALUE, Long.MAX_VALUE, 7);
            if (waiting.isEmpty()) {
                continue;
            }
            var made = SealedBlock.next(head, waiting, Instant.EPOCH, key);
            if (seals.append(made)) {
                System.out.println(
                        "acknowledged " + made.block().number() + ":" + made.block().hash() + ".");
                System.out.flush();
            }
        }
    }
}
