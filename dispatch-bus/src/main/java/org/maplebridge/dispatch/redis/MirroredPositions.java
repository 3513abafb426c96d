package org.maplebridge.dispatch.redis;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.InProcessPositions;
import org.maplebridge.dispatch.telemetry.Near;
import org.maplebridge.dispatch.telemetry.Position;
import org.maplebridge.dispatch.telemetry.Positions;

/// Positions that the nodes share, as this node's memory has them. Who reports or asks is served
/// from memory; what goes to Redis and comes from there is the shuttle's business. A search asks
/// Redis itself, whose answer is the same at all nodes, but not for long.
///
/// Thread: any.
final class MirroredPositions implements Positions, AutoCloseable {
    /// Redis needs one or two; beyond these, memory knows as well.
    private static final long PATIENCE_MILLIS = 20;

    private final InProcessPositions memory;
    private final Outgoing outgoing;
    private final SharedPositions shared;
    private final RedisLink link;
    private final ExecutorService searches = Executors.newVirtualThreadPerTaskExecutor();

    MirroredPositions(
            InProcessPositions memory, Outgoing outgoing, SharedPositions shared, RedisLink link) {
        this.memory = memory;
        this.outgoing = outgoing;
        this.shared = shared;
        this.link = link;
    }

    @Override
    public void report(Position position) {
        memory.report(position);
        outgoing.position(position);
    }

    @Override
    public Optional<Position> of(UnitId unit) {
        return memory.of(unit);
    }

    @Override
    public List<Position> all() {
        return memory.all();
    }

    @Override
    public List<Near> nearest(GeoPoint to, double withinMetres, int limit, Instant since) {
        if (link.isReachable()) {
            try {
                // not cancelled when it is late: an interrupt would cost the connection
                return searches.submit(() -> shared.nearest(to, withinMetres, limit, since))
                        .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException _) {
                // memory answers
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        return memory.nearest(to, withinMetres, limit, since);
    }

    @Override
    public void close() {
        searches.shutdown();
    }
}
