package org.maplebridge.dispatch.redis;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.telemetry.InProcessPositions;
import org.maplebridge.dispatch.telemetry.TelemetryUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries positions from this node's memory to Redis several times a second, and those of the
/// other nodes back once a second; after an absence first of all where everybody is now.
///
/// Thread: one of its own; [#close] any.
final class Shuttle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shuttle.class);
    private static final long ROUND_MILLIS = 200;
    private static final long RETRY_MILLIS = 500;

    /// As often as a terminal on the move reports.
    private static final long PULL_MILLIS = 1_000;

    private static final long GOODBYE_MILLIS = 2_000;

    private final RedisLink link;
    private final Outgoing outgoing;
    private final PositionWriting writing;
    private final SharedPositions shared;
    private final InProcessPositions memory;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private long pulledMillis;

    Shuttle(
            RedisLink link,
            Outgoing outgoing,
            PositionWriting writing,
            SharedPositions shared,
            InProcessPositions memory,
            InstantSource clock) {
        this.link = link;
        this.outgoing = outgoing;
        this.writing = writing;
        this.shared = shared;
        this.memory = memory;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("telemetry").unstarted(this::run);
    }

    /// The first round is gone here, so that who starts knows where everybody is.
    void start() {
        round();
        thread.start();
    }

    /// Writes what waits, as far as Redis answers.
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(GOODBYE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(
                    link.isReachable() ? ROUND_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                round();
            }
            if (link.isReachable()) {
                round();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            if (!link.isReachable()) {
                if (!link.reconnect()) {
                    return;
                }
                tellAgain();
            }
            write();
            long now = clock.millis();
            if (now - pulledMillis >= PULL_MILLIS || now < pulledMillis) {
                pulledMillis = now;
                shared.all().forEach(memory::report);
            }
            link.prove();
        } catch (TelemetryUnavailable e) {
            link.doubt(e);
        } catch (RuntimeException e) {
            LOG.error("a round of telemetry failed", e);
        }
    }

    /// At least once, even nothing: a server that only lets itself be read is found out by that.
    private void write() throws TelemetryUnavailable {
        Outgoing.Batch batch;
        do {
            batch = outgoing.take();
            try {
                writing.write(batch);
            } catch (TelemetryUnavailable e) {
                outgoing.putBack(batch);
                throw e;
            }
        } while (!batch.isEmpty());
    }

    /// Redis may have lost what it had; a newer position from elsewhere is not overwritten.
    private void tellAgain() {
        var oldest = clock.instant().minus(SharedPositions.KEPT);
        memory.all().stream()
                .filter(position -> position.at().isAfter(oldest))
                .forEach(outgoing::position);
    }
}
