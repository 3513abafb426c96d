package org.maplebridge.signaling.boot.replay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.finish.FinisherProcess;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.boot.PrivateFile;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentNewsDesk;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.evidence.Holders;
import org.maplebridge.signaling.http.replay.HoldController;
import org.maplebridge.signaling.http.replay.PieceController;
import org.maplebridge.signaling.http.replay.PieceDesk;
import org.maplebridge.signaling.http.replay.RecordingController;
import org.maplebridge.signaling.recording.Pieces;
import org.maplebridge.signaling.recording.RecordingDesk;
import org.maplebridge.signaling.recording.RecordingFiles;
import org.maplebridge.signaling.recording.RecordingRetention;
import org.maplebridge.signaling.recording.RunningRecordings;
import org.maplebridge.signaling.recording.StoredRecordings;
import org.maplebridge.signaling.replay.PictureSight;
import org.maplebridge.signaling.scene.Live;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.security.Roster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// What cameras send: recorded, kept, and made into pieces that can be seen again.
@Configuration(proxyBeanMethods = false)
@Import({RecordingController.class, PieceController.class})
public class RecordingWiring {
    private static final int ROUND_SECONDS = 2;

    /// A piece of ten minutes is made in some seconds.
    private static final long MOST_MINUTES = 10;

    private static final int FINISHERS = 2;

    @Bean
    RecordingSettings recordingSettings(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(RecordingSettings.PREFIX, RecordingSettings.class);
    }

    @Bean
    RecordingKeys recordingKeys(MaplebridgeProperties properties) throws IOException {
        return RecordingKeys.in(properties.data().resolve("keys").resolve("recording"));
    }

    @Bean
    RecordingFiles recordingFiles(MaplebridgeProperties properties) throws IOException {
        return new RecordingFiles(properties.data().resolve("recordings"));
    }

    @Bean
    @ConditionalOnMissingBean
    Finisher finisher(MaplebridgeProperties properties) {
        var scratch = properties.data().resolve("scratch").toAbsolutePath();
        return new FinisherProcess(scratch, MOST_MINUTES, FINISHERS);
    }

    @Bean
    Pieces pieces(
            Finisher finisher,
            RecordingKeys keys,
            MaplebridgeProperties properties,
            ScheduledExecutorService timer,
            InstantSource clock)
            throws IOException {
        var folder = properties.data().resolve("pieces").toAbsolutePath();
        PrivateFile.directory(folder);
        var pieces = new Pieces(finisher, keys.all(), folder, clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("pieces").start(pieces::tidy),
                        5,
                        5,
                        TimeUnit.MINUTES);
        return pieces;
    }

    @Bean
    PieceDesk pieceDesk(
            RecordingFiles files,
            ObjectProvider<StoredRecordings> stored,
            Pieces pieces,
            Holders holders,
            EvidenceTickets tickets,
            InstantSource clock) {
        return new PieceDesk(files, stored.getIfAvailable(), pieces, holders, tickets, clock);
    }

    @Bean
    PictureSight pictureSight(RecordStores record, Roster roster) {
        return new PictureSight(record, roster);
    }

    @Bean
    HoldController holdController(RecordStores record, IncidentDesk desk, InstantSource clock) {
        return new HoldController(record.recordings(), desk, clock);
    }

    /// What was cut off is ended before anything new begins.
    @Bean
    RecordingRetention recordingRetention(
            RecordStores record,
            RecordingFiles files,
            Finisher finisher,
            ObjectProvider<StoredRecordings> stored,
            NodeBoard nodes,
            RecordingSettings settings,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var retention =
                new RecordingRetention(
                        record.recordings(),
                        files,
                        finisher,
                        stored.getIfAvailable(),
                        nodes::ownAddress,
                        settings.keeps(),
                        clock);
        retention.recover();
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("recordings-old").start(retention::round),
                        3,
                        60,
                        TimeUnit.MINUTES);
        return retention;
    }

    @Bean(destroyMethod = "close")
    ExecutorService recordingExecutor() {
        return Executors.newSingleThreadExecutor(Thread.ofVirtual().name("recordings").factory());
    }

    @Bean
    RunningRecordings runningRecordings(
            MediaRelay relay,
            RecordStores record,
            RecordingRetention after,
            RecordingKeys keys,
            RecordingSettings settings,
            RecordingFiles files,
            NodeBoard nodes,
            ExecutorService recordingExecutor,
            MeterRegistry meters,
            InstantSource clock) {
        var running =
                new RunningRecordings(
                        relay,
                        record.recordings(),
                        record.journal(),
                        new RunningRecordings.Ground(
                                files,
                                keys.own(),
                                nodes::ownAddress,
                                files::free,
                                settings.leastFree(),
                                settings.warnFree()),
                        recordingExecutor,
                        clock);
        Gauge.builder("maplebridge.recordings", running, RunningRecordings::count)
                .description("Cameras and microphones that are being recorded")
                .register(meters);
        Gauge.builder("maplebridge.recording.free.bytes", files, RecordingFiles::free)
                .description("Room that is left for recordings")
                .register(meters);
        return running;
    }

    @Bean
    RecordingDesk recordingDesk(
            RunningRecordings running,
            RecordStores record,
            LiveBoard lives,
            RecordingSettings settings,
            IncidentNewsDesk news,
            ExecutorService recordingExecutor,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var scene =
                new RecordingDesk.Scene() {
                    @Override
                    public List<Live> lives() {
                        return lives.here();
                    }

                    @Override
                    public boolean isWatched(UnitId unit) {
                        return lives.isWatched(unit);
                    }
                };
        var desk =
                new RecordingDesk(
                        running,
                        record.recordings(),
                        scene,
                        settings.policy(),
                        news::publish,
                        recordingExecutor,
                        clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        desk::round, ROUND_SECONDS, ROUND_SECONDS, TimeUnit.SECONDS);
        return desk;
    }
}
