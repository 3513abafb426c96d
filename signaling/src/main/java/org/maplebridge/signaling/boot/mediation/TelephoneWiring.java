package org.maplebridge.signaling.boot.mediation;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.command.mediation.TelephoneMediaHandler;
import org.maplebridge.signaling.http.mediation.TelephoneController;
import org.maplebridge.signaling.mediation.Sealing;
import org.maplebridge.signaling.mediation.TableDoor;
import org.maplebridge.signaling.mediation.TableHomes;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.telephone.AccessCodes;
import org.maplebridge.signaling.mediation.telephone.CallSteps;
import org.maplebridge.signaling.mediation.telephone.Telephones;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Telephones at tables, and the door of their gateways.
@Configuration(proxyBeanMethods = false)
public class TelephoneWiring {
    private static final long ROUND_MILLIS = 1_000;

    @Bean
    TableDoor tableDoor(Tables tables, DispatchBus bus, NodeBoard nodes) {
        return new TableDoor(tables, new TableHomes(bus, nodes::shown));
    }

    @Bean
    Telephones telephones(
            RecordStores record,
            TableDoor door,
            Sealing sealing,
            Secrets secrets,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var telephones =
                new Telephones(
                        new CallSteps(record.mediations(), door, clock),
                        sealing,
                        secrets,
                        System::nanoTime);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("telephone").start(telephones::tick),
                        ROUND_MILLIS,
                        ROUND_MILLIS,
                        TimeUnit.MILLISECONDS);
        return telephones;
    }

    /// Before the web server waits for what is being asked.
    @Bean
    SmartLifecycle telephonesEnd(Telephones telephones) {
        return new SmartLifecycle() {
            private final AtomicBoolean running = new AtomicBoolean();

            @Override
            public void start() {
                running.set(true);
            }

            @Override
            public void stop() {
                running.set(false);
                telephones.close();
            }

            @Override
            public boolean isRunning() {
                return running.get();
            }

            @Override
            public int getPhase() {
                return Integer.MAX_VALUE;
            }
        };
    }

    @Bean
    AccessCodes accessCodes(
            RecordStores record,
            Telephones telephones,
            TableDoor door,
            Sealing sealing,
            Secrets secrets,
            MediationSettings settings,
            InstantSource clock) {
        return new AccessCodes(
                record.mediations(),
                telephones,
                door,
                sealing,
                secrets,
                clock,
                System::nanoTime,
                Duration.ofHours(settings.invitationHours()));
    }

    @Bean
    TelephoneController telephoneController(
            Telephones telephones, AccessCodes codes, MediaRelay relay, Tables tables) {
        return new TelephoneController(
                telephones, codes, new TelephoneMediaHandler(relay, tables, telephones));
    }
}
