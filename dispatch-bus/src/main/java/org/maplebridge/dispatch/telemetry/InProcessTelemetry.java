package org.maplebridge.dispatch.telemetry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// Telemetry of a node that shares it with nobody: all in this process's memory.
///
/// Thread: any, immutable.
public final class InProcessTelemetry implements Telemetry {
    private final InProcessPositions positions = new InProcessPositions();
    private final InProcessTracks tracks;
    private final InProcessAlarms alarms;

    public InProcessTelemetry(
            TrackLimits limits, Duration claimAfter, InstantSource clock, LongSupplier nanoClock) {
        tracks = new InProcessTracks(limits, clock);
        alarms = new InProcessAlarms(claimAfter, nanoClock);
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
        return Reach.ALONE;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public long foreign() {
        return 0;
    }

    @Override
    public void close() {}
}
