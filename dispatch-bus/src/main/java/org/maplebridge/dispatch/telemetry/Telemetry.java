package org.maplebridge.dispatch.telemetry;

import java.time.Duration;

/// Everything of this port at one node.
public interface Telemetry extends AutoCloseable {
    /// How long a consumer may keep an alarm before somebody else gets it.
    Duration CLAIM_AFTER = Duration.ofSeconds(30);

    /// Whom this node shares its telemetry with.
    enum Reach {
        /// Nobody, as was asked for.
        ALONE,
        /// All nodes.
        SHARED,
        /// Nobody, because what the nodes share is away: positions go on in this node's memory,
        /// alarms are refused by name.
        AWAY
    }

    Positions positions();

    Tracks tracks();

    Alarms alarms();

    Reach reach();

    /// Points of tracks that were given up because what the nodes share was away for too long.
    long lost();

    /// What was found where the nodes share and cannot be ours.
    long foreign();

    @Override
    void close();
}
