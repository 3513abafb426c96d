package org.maplebridge.signaling.boot.objects;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.media.api.Finisher;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.boot.PrivateFile;
import org.maplebridge.signaling.boot.StartRefused;
import org.maplebridge.signaling.boot.replay.RecordingSettings;
import org.maplebridge.signaling.objects.ObjectStoreFault;
import org.maplebridge.signaling.objects.WatchedObjects;
import org.maplebridge.signaling.objects.s3.S3Objects;
import org.maplebridge.signaling.recording.RecordingFiles;
import org.maplebridge.signaling.recording.RecordingRetention;
import org.maplebridge.signaling.recording.RecordingUploads;
import org.maplebridge.signaling.recording.StoredCopies;
import org.maplebridge.signaling.recording.StoredRecordings;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// Where recordings go when they have ended, if anywhere. Without an endpoint there is none of
/// these.
@Configuration(proxyBeanMethods = false)
public class ObjectStoreWiring {
    private static final int ROUND_SECONDS = 2;
    private static final String SEE = "See docs/operations.md, \"An object store for recordings\".";

    @Bean
    ObjectStoreSettings objectStoreSettings(Environment environment) {
        try {
            return Binder.get(environment)
                    .bindOrCreate(ObjectStoreSettings.PREFIX, ObjectStoreSettings.class);
        } catch (BindException e) {
            throw new StartRefused("A setting cannot be used: " + rootMessage(e), SEE, e);
        }
    }

    private static String rootMessage(Throwable e) {
        @Nullable Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : rootMessage(cause);
    }

    /// A store that is away at the start is waited for; a key or a bucket that it does not know is
    /// somebody's mistake.
    @Bean
    @Nullable WatchedObjects objectStore(ObjectStoreSettings settings) {
        if (!settings.isOn()) {
            return null;
        }
        var objects = new WatchedObjects(open(settings));
        try {
            objects.check();
        } catch (ObjectStoreFault fault) {
            refuse(settings, fault, objects);
        }
        return objects;
    }

    private static S3Objects open(ObjectStoreSettings settings) {
        try {
            return new S3Objects(settings.place());
        } catch (IOException e) {
            throw new StartRefused(
                    "A setting cannot be used: maplebridge.object-store.ca: " + e.getMessage(),
                    SEE,
                    e);
        }
    }

    private static void refuse(
            ObjectStoreSettings settings, ObjectStoreFault fault, WatchedObjects objects) {
        @Nullable String why =
                switch (fault.kind()) {
                    case KEY_REFUSED ->
                            "maplebridge.object-store.access-key and .secret-key are refused by ";
                    case NO_BUCKET, MISSING -> "maplebridge.object-store.bucket is not known at ";
                    case AWAY, CHANGED, NO_ROOM -> null;
                };
        if (why != null) {
            objects.close();
            throw new StartRefused(
                    "A setting cannot be used: " + why + settings.place() + ".", SEE, fault);
        }
    }

    private static boolean isAway(@Nullable WatchedObjects objects) {
        return objects != null && objects.isAway();
    }

    @Bean
    HealthIndicator objectStoreHealth(ObjectProvider<WatchedObjects> store) {
        @Nullable WatchedObjects objects = store.getIfAvailable();
        return () -> isAway(objects) ? Health.status("DEGRADED").build() : Health.up().build();
    }

    @Bean
    @Nullable StoredRecordings storedRecordings(
            ObjectProvider<WatchedObjects> store,
            ObjectStoreSettings settings,
            RecordingSettings recording,
            RecordingFiles files,
            Finisher finisher,
            MaplebridgeProperties properties,
            ScheduledExecutorService timer,
            InstantSource clock)
            throws IOException {
        @Nullable WatchedObjects objects = store.getIfAvailable();
        if (objects == null) {
            return null;
        }
        var folder = properties.data().resolve("recordings-fetched");
        PrivateFile.directory(folder);
        var copies =
                new StoredCopies(
                        objects,
                        finisher,
                        files,
                        folder,
                        settings.copiesBytes(),
                        recording.leastFree(),
                        clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("copies-tidy").start(copies::tidy),
                        10,
                        10,
                        TimeUnit.MINUTES);
        return new StoredRecordings(objects, copies);
    }

    /// After what was cut off has been ended, which waits then like everything else.
    @Bean
    @Nullable RecordingUploads recordingUploads(
            ObjectProvider<WatchedObjects> store,
            RecordingRetention ended,
            RecordStores record,
            RecordingFiles files,
            NodeBoard nodes,
            ObjectStoreSettings settings,
            ScheduledExecutorService timer,
            InstantSource clock) {
        @Nullable WatchedObjects objects = store.getIfAvailable();
        if (objects == null) {
            return null;
        }
        var uploads =
                new RecordingUploads(
                        record.recordings(),
                        files,
                        objects,
                        nodes::ownAddress,
                        settings.keepsLocal(),
                        clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("uploads").start(uploads::round),
                        ROUND_SECONDS,
                        ROUND_SECONDS,
                        TimeUnit.SECONDS);
        return uploads;
    }

    /// There without a store, too, so that who watches them need not know of it.
    @Bean
    MeterBinder objectStoreMeters(
            ObjectProvider<WatchedObjects> store, ObjectProvider<RecordingUploads> uploader) {
        @Nullable WatchedObjects objects = store.getIfAvailable();
        @Nullable RecordingUploads uploads = uploader.getIfAvailable();
        return meters -> {
            Gauge.builder("maplebridge.object.store.away", () -> isAway(objects) ? 1 : 0)
                    .description("1 while the object store does not answer")
                    .register(meters);
            Gauge.builder(
                            "maplebridge.object.store.waiting",
                            () -> uploads == null ? 0 : uploads.waiting())
                    .description("Recordings that have ended and are not in the object store")
                    .register(meters);
            Gauge.builder(
                            "maplebridge.object.store.waiting.seconds",
                            () -> uploads == null ? 0 : uploads.waitingSeconds())
                    .description("For how long the first of them has waited")
                    .register(meters);
            if (objects != null && uploads != null) {
                FunctionCounter.builder(
                                "maplebridge.object.store.failures",
                                objects,
                                WatchedObjects::failures)
                        .description("What the object store was asked for and did not do")
                        .register(meters);
                FunctionCounter.builder(
                                "maplebridge.object.store.uploads", uploads, RecordingUploads::done)
                        .description("Recordings that the object store was proved to have")
                        .register(meters);
            }
        };
    }
}
