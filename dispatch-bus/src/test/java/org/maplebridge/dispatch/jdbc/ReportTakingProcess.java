package org.maplebridge.dispatch.jdbc;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.maplebridge.dispatch.store.ReportStore.Taking;

/// A process of its own that takes reports from four threads until it is killed, and prints the id
/// of each one that was acknowledged. Every third one says the same as the one before.
final class ReportTakingProcess {
    private ReportTakingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var record = JdbcRecord.open(JdbcSettings.embedded(Path.of(arguments[0])));
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                String prefix = "round" + arguments[1] + "-thread" + thread + "-";
                threads.submit(() -> takeForEver(record, prefix));
            }
        }
    }

    private static Void takeForEver(JdbcRecord record, String prefix) throws Exception {
        PrintStream out = System.out;
        for (int i = 0; ; i++) {
            String title = prefix + (i % 3 == 2 ? i - 1 : i);
            var taking =
                    ReportContract.take(record, ReportContract.report(prefix + i, title), null);
            if (taking instanceof Taking.Opened || taking instanceof Taking.Merged) {
                out.println("acknowledged " + prefix + i + ".");
                out.flush();
            }
        }
    }
}
