package org.maplebridge.signaling.boot;

import org.maplebridge.dispatch.telemetry.Telemetry;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether telemetry reaches the other nodes. A node that is alone with its positions is worse than
/// usual, but people talk and see through it: it stays ready (application.yaml ranks the word).
final class TelemetryHealth implements HealthIndicator {
    private static final String DEGRADED = "DEGRADED";

    private final Telemetry telemetry;

    TelemetryHealth(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    @Override
    public Health health() {
        return switch (telemetry.reach()) {
            case ALONE, SHARED -> Health.up().build();
            case AWAY -> Health.status(DEGRADED).build();
        };
    }
}
