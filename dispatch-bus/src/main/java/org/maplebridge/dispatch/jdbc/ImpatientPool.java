package org.maplebridge.dispatch.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A pool of connections in which nobody waits for a database that is known to be away. As long as
/// there is no connection at all, one caller in a second waits for one; all others are refused at
/// once. A session does one thing after the other, so somebody whose order waits for seconds would
/// wait as long for the talk key.
///
/// Thread: any.
final class ImpatientPool extends DelegatingDataSource {
    private static final long TRY_AGAIN_NANOS = 1_000_000_000L;

    private final HikariDataSource pool;
    private final LongSupplier nanoClock;
    private final AtomicLong triedNanos = new AtomicLong();
    private volatile boolean away;

    ImpatientPool(HikariDataSource pool, LongSupplier nanoClock) {
        super(pool);
        this.pool = pool;
        this.nanoClock = nanoClock;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (away && isEmpty() && !mayTry()) {
            throw new SQLTransientConnectionException("no answer a moment ago");
        }
        try {
            var connection = pool.getConnection();
            away = false;
            return connection;
        } catch (SQLException failure) {
            triedNanos.set(nanoClock.getAsLong());
            away = true;
            throw failure;
        }
    }

    private boolean isEmpty() {
        return pool.getHikariPoolMXBean().getTotalConnections() == 0;
    }

    private boolean mayTry() {
        long now = nanoClock.getAsLong();
        long tried = triedNanos.get();
        return now - tried >= TRY_AGAIN_NANOS && triedNanos.compareAndSet(tried, now);
    }
}
