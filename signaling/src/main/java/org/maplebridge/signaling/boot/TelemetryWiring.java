package org.maplebridge.signaling.boot;

import java.time.InstantSource;
import org.maplebridge.dispatch.redis.RedisTelemetry;
import org.maplebridge.dispatch.telemetry.Alarms;
import org.maplebridge.dispatch.telemetry.InProcessTelemetry;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.dispatch.telemetry.Telemetry;
import org.maplebridge.dispatch.telemetry.TrackLimits;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.position.PositionBoard;
import org.maplebridge.signaling.security.Roster;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Where units are and were, and where alarms come in: in this process, or shared by the nodes.
@Configuration(proxyBeanMethods = false)
class TelemetryWiring {
    @Bean(destroyMethod = "close")
    Telemetry telemetry(MaplebridgeProperties properties, InstantSource clock) {
        var limits = TrackLimits.STANDARD;
        return properties
                .redis()
                .settings()
                .<Telemetry>map(
                        redis -> RedisTelemetry.start(redis, limits, Telemetry.CLAIM_AFTER, clock))
                .orElseGet(() ->
                        new InProcessTelemetry(
                                limits, Telemetry.CLAIM_AFTER, clock, System::nanoTime));
    }

    /// Closed with the whole.
    @Bean(destroyMethod = "")
    Positions positions(Telemetry telemetry) {
        return telemetry.positions();
    }

    @Bean(destroyMethod = "")
    Tracks tracks(Telemetry telemetry) {
        return telemetry.tracks();
    }

    @Bean(destroyMethod = "")
    Alarms alarms(Telemetry telemetry) {
        return telemetry.alarms();
    }

    @Bean
    PositionBoard positionBoard(
            Positions positions, Tracks tracks, Peers peers, Roster roster, InstantSource clock) {
        return new PositionBoard(positions, tracks, peers, roster, clock, System::nanoTime);
    }

    @Bean
    HealthIndicator telemetryHealthIndicator(Telemetry telemetry) {
        return new TelemetryHealth(telemetry);
    }
}
