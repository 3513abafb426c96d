package org.maplebridge.signaling.boot;

import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.SourceId;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/// Whether the relay's loops still answer: they are asked for a source that nobody has.
final class RelayHealth implements HealthIndicator {
    private static final SourceId NOBODY = new SourceId("health");

    private final MediaRelay relay;

    RelayHealth(MediaRelay relay) {
        this.relay = relay;
    }

    @Override
    public Health health() {
        try {
            relay.sourceStats(NOBODY).get(1, TimeUnit.SECONDS);
            return Health.up().build();
        } catch (ExecutionException e) {
            boolean answered = e.getCause() instanceof NoSuchElementException;
            return (answered ? Health.up() : Health.down(e)).build();
        } catch (TimeoutException _) {
            return Health.down().build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }
}
