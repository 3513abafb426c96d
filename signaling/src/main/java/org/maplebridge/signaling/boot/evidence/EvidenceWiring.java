package org.maplebridge.signaling.boot.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentNewsDesk;
import org.maplebridge.signaling.command.incident.IncidentSight;
import org.maplebridge.signaling.evidence.EvidenceFiles;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.evidence.Holders;
import org.maplebridge.signaling.evidence.UploadDesk;
import org.maplebridge.signaling.http.evidence.EvidenceController;
import org.maplebridge.signaling.http.evidence.EvidenceRights;
import org.maplebridge.signaling.http.evidence.PublicUploadController;
import org.maplebridge.signaling.http.evidence.UploadController;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.ServerNode;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// Evidence: its doors, the one desk behind them, and where the files lie.
@Configuration(proxyBeanMethods = false)
@Import({UploadController.class, PublicUploadController.class, EvidenceController.class})
public class EvidenceWiring {
    private static final long MIB = 1L << 20;
    private static final long TIDY_MINUTES = 10;

    @Bean
    EvidenceSettings evidenceSettings(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(EvidenceSettings.PREFIX, EvidenceSettings.class);
    }

    @Bean
    EvidenceFiles evidenceFiles(EvidenceSettings settings, MaplebridgeProperties properties)
            throws IOException {
        return new EvidenceFiles(
                settings.directory().isEmpty()
                        ? properties.data().resolve("evidence")
                        : Path.of(settings.directory()));
    }

    /// Without a cluster there is nobody else whose tickets have to hold here.
    @Bean
    EvidenceTickets evidenceTickets(MaplebridgeProperties properties, Secrets secrets) {
        String shared = properties.cluster().secret();
        String secret = shared.isEmpty() ? secrets.token() : shared;
        return new EvidenceTickets(secret.getBytes(StandardCharsets.UTF_8));
    }

    @Bean
    Holders evidenceHolders(EvidenceSettings settings, NodeBoard nodes, DispatchBus bus) {
        return new Holders(
                settings.shared(),
                () ->
                        nodes.shown().stream()
                                .filter(node -> node.name().equals(bus.self().value()))
                                .map(ServerNode::url)
                                .findFirst(),
                () -> nodes.shown().stream().map(ServerNode::url).toList());
    }

    @Bean
    EvidenceRights evidenceRights(
            RecordStores record,
            LoopWorkflow workflow,
            IncidentDesk desk,
            IncidentSight sight,
            Roster roster,
            InstantSource clock) {
        return new EvidenceRights(record, workflow, desk, sight, roster, clock);
    }

    @Bean
    UploadDesk uploadDesk(
            RecordStores record,
            EvidenceFiles files,
            Holders holders,
            EvidenceSettings settings,
            Secrets secrets,
            IncidentNewsDesk news,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var limits =
                new UploadDesk.Limits(
                        Duration.ofHours(settings.unfinishedHours()),
                        settings.unfinishedMib() * MIB,
                        settings.reserveMib() * MIB);
        var desk =
                new UploadDesk(
                        record.evidence(),
                        files,
                        holders,
                        limits,
                        secrets,
                        evidence -> tell(news, evidence),
                        clock);
        desk.recover();
        var unused =
                timer.scheduleAtFixedRate(
                        () -> Thread.ofVirtual().name("evidence").start(desk::round),
                        TIDY_MINUTES,
                        TIDY_MINUTES,
                        TimeUnit.MINUTES);
        return desk;
    }

    private static void tell(IncidentNewsDesk news, Evidence evidence) {
        var incident = evidence.about().incident();
        if (incident != null) {
            news.publish(incident);
        }
    }
}
