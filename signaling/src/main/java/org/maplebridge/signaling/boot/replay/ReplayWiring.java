package org.maplebridge.signaling.boot.replay;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.replay.MarkController;
import org.maplebridge.signaling.http.replay.ReplayController;
import org.maplebridge.signaling.recording.TrackKeeper;
import org.maplebridge.signaling.replay.Cast;
import org.maplebridge.signaling.replay.Ways;
import org.maplebridge.signaling.security.Roster;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// What is kept of an incident, and how it is gone through again.
@Configuration(proxyBeanMethods = false)
@Import(ReplayController.class)
public class ReplayWiring {
    @Bean
    RecordingSettings recordingSettings(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(RecordingSettings.PREFIX, RecordingSettings.class);
    }

    @Bean
    Cast cast(RecordStores record, Hearing hearing, Roster roster) {
        return new Cast(record, hearing, roster);
    }

    @Bean
    Ways ways(RecordStores record, Tracks tracks, InstantSource clock) {
        return new Ways(record.tracks(), tracks, clock);
    }

    @Bean
    MarkController markController(
            RecordStores record, IncidentDesk desk, Roster roster, InstantSource clock) {
        return new MarkController(record.marks(), desk, roster, clock);
    }

    @Bean
    TrackKeeper trackKeeper(
            RecordStores record,
            Tracks tracks,
            RecordingSettings settings,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var keeper = new TrackKeeper(record.tracks(), tracks, settings.keeps(), clock);
        var rounds =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("tracks").start(keeper::round),
                        1,
                        1,
                        TimeUnit.MINUTES);
        var tidying =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("tracks-tidy").start(keeper::tidy),
                        2,
                        60,
                        TimeUnit.MINUTES);
        return keeper;
    }
}
