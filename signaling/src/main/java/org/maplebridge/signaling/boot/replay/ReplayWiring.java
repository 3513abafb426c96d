package org.maplebridge.signaling.boot.replay;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.boot.PrivateFile;
import org.maplebridge.signaling.boot.StartRefused;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.burst.VoiceFiles;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.evidence.EvidenceFiles;
import org.maplebridge.signaling.http.replay.ExportController;
import org.maplebridge.signaling.http.replay.ExportFiles;
import org.maplebridge.signaling.http.replay.MarkController;
import org.maplebridge.signaling.http.replay.ReplayController;
import org.maplebridge.signaling.recording.TrackKeeper;
import org.maplebridge.signaling.replay.Cast;
import org.maplebridge.signaling.replay.Seal;
import org.maplebridge.signaling.replay.TimelinePage;
import org.maplebridge.signaling.replay.Ways;
import org.maplebridge.signaling.security.Roster;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// What is kept of an incident, and how it is gone through again.
@Configuration(proxyBeanMethods = false)
@Import({ReplayController.class, ExportController.class})
public class ReplayWiring {
    @Bean
    Cast cast(RecordStores record, Hearing hearing, Roster roster) {
        return new Cast(record, hearing, roster);
    }

    @Bean
    Ways ways(RecordStores record, Tracks tracks, InstantSource clock) {
        return new Ways(record.tracks(), tracks, clock);
    }

    /// Made at the first start and never again: what it sealed is proved by it for ever. Another
    /// one in its place would seal what nobody proves by the one that they know.
    @Bean
    Seal seal(MaplebridgeProperties properties) throws IOException {
        var file = properties.data().resolve("keys").resolve("seal");
        if (!Files.exists(file)) {
            PrivateFile.write(file, Seal.make());
        }
        try {
            return Seal.of(Files.readString(file));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new StartRefused(
                    "Packages cannot be sealed by " + file + ": it is not the key that was made.",
                    "Restore it from the backup. Without it what was sealed is proved by the old"
                            + " fingerprint alone: move the file away to begin with a new key.",
                    e);
        }
    }

    /// In the time of the machine, as the journal of its people is.
    @Bean
    ExportFiles exportFiles(
            RecordStores record,
            VoiceFiles voices,
            EvidenceFiles pictures,
            Cast cast,
            Ways ways,
            Hearing hearing,
            Roster roster,
            InstantSource clock) {
        var page = new TimelinePage(ZoneId.systemDefault());
        return new ExportFiles(record, voices, pictures, cast, ways, hearing, roster, page, clock);
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
