package org.maplebridge.dispatch.redis;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.TelemetryContract;

/// The same promises between two nodes and a real server: `-Dmaplebridge.test.redis=redis://…`, or
/// one of its own where Redis is installed. Each test is a county of its own.
class RedisTelemetryTest extends TelemetryContract {
    private static final String GIVEN = System.getProperty("maplebridge.test.redis", "");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static @Nullable RedisServer own;

    private Telemetry here;
    private Telemetry there;

    @BeforeAll
    static void startServer() throws Exception {
        if (GIVEN.isEmpty()) {
            own = RedisServer.start();
        }
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (own != null) {
            own.close();
        }
    }

    @BeforeEach
    void open() {
        var county = "test-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        here = node(county);
        there = node(county);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Override
    protected Telemetry here() {
        return here;
    }

    @Override
    protected Telemetry there() {
        return there;
    }

    private static Telemetry node(String county) {
        var url = own == null ? GIVEN : own.url();
        return RedisTelemetry.start(
                RedisSettings.of(url, List.of(), "maplebridge", county),
                LIMITS,
                CLAIM_AFTER,
                InstantSource.system());
    }
}
