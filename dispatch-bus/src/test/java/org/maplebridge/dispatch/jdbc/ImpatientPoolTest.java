package org.maplebridge.dispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;

class ImpatientPoolTest {
    private static final int PATIENCE_MILLIS = 600;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void nobodyWaitsForADatabaseThatIsKnownToBeAway() throws Exception {
        var server = start("0");
        String port = Integer.toString(server.getPort());
        try (var connections = new HikariDataSource(config(port))) {
            var pool = new ImpatientPool(connections, clock::get);
            pool.getConnection().close();

            server.stop();
            server.shutdown();
            while (connections.getHikariPoolMXBean().getTotalConnections() > 0) {
                connections.getHikariPoolMXBean().softEvictConnections();
            }
            assertThat(waitedMillis(pool)).isGreaterThanOrEqualTo(PATIENCE_MILLIS - 50);
            assertThat(waitedMillis(pool)).isLessThan(PATIENCE_MILLIS / 2);

            clock.addAndGet(1_000_000_000L); // one of them may look whether it is back
            assertThat(waitedMillis(pool)).isGreaterThanOrEqualTo(PATIENCE_MILLIS - 50);
            assertThat(waitedMillis(pool)).isLessThan(PATIENCE_MILLIS / 2);

            var again = start(port);
            try {
                clock.addAndGet(1_000_000_000L);
                while (connections.getHikariPoolMXBean().getTotalConnections() == 0) {
                    Thread.onSpinWait(); // the pool looks for itself, every few seconds at last
                }
                pool.getConnection().close();
            } finally {
                again.stop();
            }
        }
    }

    private static long waitedMillis(ImpatientPool pool) {
        long began = System.nanoTime();
        assertThatThrownBy(pool::getConnection).isInstanceOf(SQLException.class);
        return (System.nanoTime() - began) / 1_000_000;
    }

    private static Server start(String port) throws SQLException {
        return Server.createTcpServer("-tcpPort", port, "-ifNotExists").start();
    }

    private static HikariConfig config(String port) {
        var config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:tcp://127.0.0.1:" + port + "/mem:impatient");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(PATIENCE_MILLIS);
        return config;
    }
}
