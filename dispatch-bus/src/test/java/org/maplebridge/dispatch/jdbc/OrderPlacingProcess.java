package org.maplebridge.dispatch.jdbc;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.order.Order;
import org.maplebridge.dispatch.store.OrderStore.Placing;

/// A process of its own that places orders from four threads until it is killed, and prints the id
/// of each one that was acknowledged.
final class OrderPlacingProcess {
    private OrderPlacingProcess() {}

    public static void main(String[] arguments) throws Exception {
        var record = JdbcRecord.open(JdbcSettings.embedded(Path.of(arguments[0])));
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int thread = 0; thread < 4; thread++) {
                String prefix = "round" + arguments[1] + "-thread" + thread + "-";
                threads.submit(() -> placeForEver(record, prefix));
            }
        }
    }

    private static Void placeForEver(JdbcRecord record, String prefix) throws Exception {
        PrintStream out = System.out;
        for (int i = 0; ; i++) {
            Order order = RecordContract.order(prefix + i, "去长屿村", RecordContract.CAR1);
            var happening =
                    RecordContract.happening(JournalKind.ORDER_PLACED, Subject.of(order.id()));
            if (record.orders().place(order, happening) instanceof Placing.Placed) {
                out.println("acknowledged " + order.id() + ".");
                out.flush();
            }
        }
    }
}
