package org.maplebridge.dispatch.burst;

import java.time.Instant;
import org.maplebridge.dispatch.model.Severity;

/// What the floor did with one burst.
///
/// @param priority 0 to 10, after what was asked had been cut down to what is allowed
/// @param requestedAt when the key went down
/// @param startedAt when the floor was granted
/// @param endedAt when the gate closed
public record Turn(
        Severity tier,
        int priority,
        Result result,
        Instant requestedAt,
        Instant startedAt,
        Instant endedAt,
        BurstEnd end) {
    /// How the floor was come by. Stored by name.
    public enum Result {
        GRANTED,
        /// After waiting in the queue.
        QUEUED
    }
}
