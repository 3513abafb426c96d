package org.maplebridge.signaling.boot.mediation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.consultation.Preset;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.codec.PresetFile;
import org.maplebridge.signaling.command.incident.IncidentNewsDesk;
import org.maplebridge.signaling.http.consultation.ConsultationController;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.consultation.ConsultationNewsDesk;
import org.maplebridge.signaling.mediation.consultation.Consultations;
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
@Import(ConsultationController.class)
public class ConsultationWiring {
    /// A file that names somebody who is not there ends the start, and says whom.
    @Bean
    Presets presets(Environment environment, MaplebridgeProperties properties, Roster roster) {
        var settings =
                Binder.get(environment)
                        .bindOrCreate(ConsultationSettings.PREFIX, ConsultationSettings.class);
        var organisation = roster.organisation();
        if (settings.presets().isBlank()) {
            return new Presets(properties.demo().active() ? demo(organisation) : List.of());
        }
        try {
            return Presets.checked(
                    PresetFile.read(Files.readAllBytes(Path.of(settings.presets()))), organisation);
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

    /// A demo county that was filled by an older version has no leaders.
    private static List<Preset> demo(Organisation organisation) {
        try (@Nullable InputStream text =
                ConsultationWiring.class.getResourceAsStream("demo-presets.json")) {
            if (text == null) {
                throw new IllegalStateException("demo-presets.json is not there");
            }
            return PresetFile.read(text.readAllBytes()).stream()
                    .filter(preset ->
                            preset.members().stream()
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
        return new Consultations(
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
    }
}
