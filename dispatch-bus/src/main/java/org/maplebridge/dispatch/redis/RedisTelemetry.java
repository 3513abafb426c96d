package org.maplebridge.dispatch.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.dispatch.telemetry.InProcessPositions;
import org.maplebridge.dispatch.telemetry.InProcessTracks;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import org.maplebridge.dispatch.telemetry.Tracks;

/// Telemetry that the nodes share through Redis. A node starts without it as well.
///
/// Thread: any, immutable; see its parts.
public final class RedisTelemetry implements Telemetry {
    private final RedisLink link;
    private final Outgoing outgoing = new Outgoing();
    private final LongAdder foreign = new LongAdder();
    private final MirroredPositions positions;
    private final MirroredTracks tracks;
    private final RedisAlarms alarms;
    private final Shuttle shuttle;

    private RedisTelemetry(
            RedisSettings settings, TrackLimits limits, Duration claimAfter, InstantSource clock) {
        var keys = new Keys(settings.county());
        var memory = new InProcessPositions();
        link = new RedisLink(settings);
        var shared = new SharedPositions(link, keys, clock, foreign);
        positions = new MirroredPositions(memory, outgoing, shared, link);
        tracks =
                new MirroredTracks(
                        new InProcessTracks(limits, clock),
                        outgoing,
                        new SharedTracks(link, keys, limits, clock, foreign));
        alarms = new RedisAlarms(link, keys, claimAfter, foreign);
        var writing = new PositionWriting(link, keys, limits, clock, foreign);
        shuttle = new Shuttle(link, outgoing, writing, shared, memory, clock);
    }

    /// Waits for Redis as long as one attempt takes.
    public static RedisTelemetry start(
            RedisSettings settings, TrackLimits limits, Duration claimAfter, InstantSource clock) {
        var telemetry = new RedisTelemetry(settings, limits, claimAfter, clock);
        telemetry.shuttle.start();
        return telemetry;
    }

    @Override
    public Positions positions() {
        return positions;
    }

    @Override
    public Tracks tracks() {
        return tracks;
    }

    @Override
    public Alarms alarms() {
        return alarms;
    }

    @Override
    public Reach reach() {
        return link.isProved() ? Reach.SHARED : Reach.AWAY;
    }

    @Override
    public long lost() {
        return outgoing.lost();
    }

    @Override
    public long foreign() {
        return foreign.sum();
    }

    @Override
    public void close() {
        shuttle.close();
        positions.close();
        link.close();
    }
}
