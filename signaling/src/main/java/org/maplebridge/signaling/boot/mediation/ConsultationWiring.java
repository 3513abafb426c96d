package org.maplebridge.signaling.boot.mediation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.figures.meeting.Recurrence;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.codec.PresetFile;
import org.maplebridge.signaling.command.incident.IncidentNewsDesk;
import org.maplebridge.signaling.http.consultation.AgendaController;
import org.maplebridge.signaling.http.consultation.ConsultationController;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.consultation.ConsultationNewsDesk;
import org.maplebridge.signaling.mediation.consultation.Consultations;
import org.maplebridge.signaling.mediation.consultation.MeetingTimes;
import org.maplebridge.signaling.mediation.consultation.Presets;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// Meetings by one press: who is called, how, and the door to it.
@Configuration(proxyBeanMethods = false)
@Import({ConsultationController.class, AgendaController.class})
public class ConsultationWiring {
    private static final int ROUND_SECONDS = 20;

    /// A file that names somebody who is not there ends the start, and says whom.
    @Bean
    Presets presets(Environment environment, MaplebridgeProperties properties, Roster roster) {
        var settings =
                Binder.get(environment)
                        .bindOrCreate(ConsultationSettings.PREFIX, ConsultationSettings.class);
        var organisation = roster.organisation();
        if (settings.presets().isBlank()) {
            return of(properties.demo().active() ? demo(organisation) : List.of());
        }
        try {
            return of(PresetFile.read(Files.readAllBytes(Path.of(settings.presets()))))
                    .checked(organisation);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    ConsultationSettings.PREFIX
                            + ".presets: "
                            + settings.presets()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static Presets of(List<PresetFile.Entry> entries) {
        var recurring = new HashMap<Preset, Recurrence>();
        entries.forEach(
                entry -> entry.every().ifPresent(every -> recurring.put(entry.preset(), every)));
        return new Presets(entries.stream().map(PresetFile.Entry::preset).toList(), recurring);
    }

    /// A demo county that was filled by an older version has no leaders.
    private static List<PresetFile.Entry> demo(Organisation organisation) {
        try (@Nullable InputStream text =
                ConsultationWiring.class.getResourceAsStream("demo-presets.json")) {
            if (text == null) {
                throw new IllegalStateException("demo-presets.json is not there");
            }
            return PresetFile.read(text.readAllBytes()).stream()
                    .filter(entry ->
                            entry.preset().members().stream()
                                    .allMatch(one -> organisation.user(one).isPresent()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Bean
    Consultations consultations(
            RecordStores record,
            Tables tables,
            Invitations invitations,
            Rings rings,
            Roster roster,
            Peers peers,
            IncidentNewsDesk incidents,
            Secrets secrets,
            InstantSource clock) {
        var consultations =
                new Consultations(
                        record.mediations(),
                        record.journal(),
                        tables,
                        invitations,
                        rings,
                        roster,
                        new ConsultationNewsDesk(peers, tables, roster),
                        incidents::publish,
                        secrets,
                        clock);
        peers.onComing(peer -> consultations.came(peer.person().user()));
        return consultations;
    }

    @Bean(destroyMethod = "close")
    MeetingTimes meetingTimes(
            Presets presets,
            RecordStores record,
            LoopWorkflow workflow,
            DispatchBus bus,
            Peers peers,
            ScheduledExecutorService timer,
            InstantSource clock) {
        var times =
                new MeetingTimes(
                        presets,
                        record.mediations(),
                        workflow.loops().calendar(),
                        bus,
                        peers,
                        clock);
        var unused =
                timer.scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("meetings").start(times::round),
                        ROUND_SECONDS,
                        ROUND_SECONDS,
                        TimeUnit.SECONDS);
        return times;
    }
}
