package org.maplebridge.signaling.boot.mediation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.IdentityPort;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.signaling.boot.MaplebridgeProperties;
import org.maplebridge.signaling.boot.PrivateFile;
import org.maplebridge.signaling.boot.StartRefused;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.mediation.Endings;
import org.maplebridge.signaling.command.mediation.ExhibitHandler;
import org.maplebridge.signaling.command.mediation.TableHandler;
import org.maplebridge.signaling.command.mediation.TableMediaHandler;
import org.maplebridge.signaling.evidence.EvidenceFiles;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.evidence.UploadDesk;
import org.maplebridge.signaling.http.evidence.ExhibitController;
import org.maplebridge.signaling.http.evidence.TableTickets;
import org.maplebridge.signaling.http.evidence.TableUploadController;
import org.maplebridge.signaling.http.mediation.ExpertController;
import org.maplebridge.signaling.http.mediation.GuestController;
import org.maplebridge.signaling.http.mediation.MediationController;
import org.maplebridge.signaling.http.mediation.MediationReplayController;
import org.maplebridge.signaling.http.mediation.MediationSight;
import org.maplebridge.signaling.intake.PublicAllowance;
import org.maplebridge.signaling.mediation.ExhibitFolder;
import org.maplebridge.signaling.mediation.FormOnly;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.mediation.Sealing;
import org.maplebridge.signaling.mediation.TableDoor;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.mediation.consultation.Consultations;
import org.maplebridge.signaling.mediation.expert.Rings;
import org.maplebridge.signaling.mediation.paper.Paper;
import org.maplebridge.signaling.mediation.paper.Seal;
import org.maplebridge.signaling.mediation.telephone.AccessCodes;
import org.maplebridge.signaling.mediation.telephone.Telephones;
import org.maplebridge.signaling.recording.RunningRecordings;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.maplebridge.signaling.trace.Joins;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// Mediation: tables, invitations, identities, papers, and the doors to them.
@Configuration(proxyBeanMethods = false)
@Import({MediationReplayController.class, TelephoneWiring.class})
public class MediationWiring {
    private static final Logger LOG = LoggerFactory.getLogger(MediationWiring.class);

    @Bean
    MediationSettings mediationSettings(Environment environment) {
        return Binder.get(environment)
                .bindOrCreate(MediationSettings.PREFIX, MediationSettings.class);
    }

    @Bean
    Sealing sealing(MediationSettings settings, MaplebridgeProperties properties)
            throws IOException {
        boolean own = settings.key().isEmpty();
        var file = own ? properties.data().resolve("mediation.key") : Path.of(settings.key());
        if (own && !Files.exists(file)) {
            var key = new byte[Sealing.KEY_BYTES];
            new SecureRandom().nextBytes(key);
            PrivateFile.write(file, Base64.getEncoder().encodeToString(key));
        }
        try {
            return new Sealing(Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IllegalArgumentException | IOException e) {
            throw new StartRefused(
                    "Names at mediations cannot be sealed by " + file + ".",
                    "It must be there and have "
                            + Sealing.KEY_BYTES
                            + " bytes in base 64, the same on all nodes. Restore it from the"
                            + " backup: with another one nobody's name can be read again.",
                    e);
        }
    }

    @Bean
    IdentityPort identityPort() {
        return new FormOnly();
    }

    @Bean
    Paper paper(MediationSettings settings) throws IOException {
        @Nullable String font = PaperFont.find(settings.font());
        if (font == null) {
            LOG.warn(
                    "No font with Chinese is installed (Debian: fonts-noto-cjk): mediations cannot"
                            + " be ended with a paper.");
        }
        var address = settings.address();
        return new Paper(
                font,
                address.isEmpty() ? "" : address + "/api/public/agreements/",
                settings.seal().isEmpty() ? null : seal(Path.of(settings.seal())));
    }

    /// A seal that cannot be printed is said at the start, not when somebody has signed.
    private static Seal seal(Path file) {
        try {
            byte[] read =
                    Files.size(file) > Seal.MOST_BYTES ? new byte[0] : Files.readAllBytes(file);
            return Seal.of(read).orElseThrow(() -> unusable(file, null));
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static StartRefused unusable(Path file, @Nullable IOException why) {
        return new StartRefused(
                MediationSettings.PREFIX + ".seal cannot be printed: " + file + ".",
                "It must be a PNG of at most 512 KiB and 2000 pixels a side that this account can"
                        + " read.",
                why);
    }

    @Bean
    TableTickets tableTickets(EvidenceTickets tickets, InstantSource clock) {
        return new TableTickets(tickets, clock);
    }

    @Bean
    Tables tables(
            RecordStores record,
            MediaRelay relay,
            RunningRecordings recordings,
            TableTickets tickets,
            ScheduledExecutorService timer,
            InstantSource clock) {
        return new Tables(record, relay, recordings, tickets, timer, clock, System::nanoTime);
    }

    @Bean
    ExhibitController exhibitController(
            RecordStores record,
            Tables tables,
            EvidenceFiles files,
            TableTickets tickets,
            Audit audit) {
        return new ExhibitController(
                record.mediations(),
                record.evidence(),
                new ExhibitFolder(record.evidence()),
                tables,
                files,
                tickets,
                audit);
    }

    @Bean
    TableUploadController tableUploadController(RecordStores record, UploadDesk desk) {
        return new TableUploadController(record.mediations(), record.evidence(), desk);
    }

    @Bean
    Invitations invitations(
            RecordStores record, Secrets secrets, MediationSettings settings, InstantSource clock) {
        return new Invitations(
                record.mediations(),
                secrets,
                clock,
                Duration.ofHours(settings.invitationHours()),
                Duration.ofHours(settings.placeHours()));
    }

    @Bean
    Rings rings(
            Tables tables,
            Invitations invitations,
            Peers peers,
            Roster roster,
            Secrets secrets,
            ScheduledExecutorService timer,
            MediationSettings settings) {
        return new Rings(
                tables,
                invitations,
                peers,
                roster,
                secrets,
                timer,
                Duration.ofSeconds(settings.ringSeconds()));
    }

    @Bean
    ExpertController expertController(
            RecordStores record, Rings rings, Roster roster, InstantSource clock) {
        return new ExpertController(record.mediations(), record.duty(), rings, roster, clock);
    }

    @Bean
    TableHandler tableHandler(
            RecordStores record,
            Rings rings,
            Consultations consultations,
            Telephones telephones,
            Tables tables,
            TableDoor door,
            MediaRelay relay,
            Paper paper,
            IncidentDesk incidents,
            IdentityPort identities,
            Sealing sealing,
            Roster roster,
            Secrets secrets,
            InstantSource clock,
            Joins joins,
            MaplebridgeProperties properties) {
        return new TableHandler(
                tables,
                door,
                new TableMediaHandler(relay, properties.voice().red(), joins),
                new ExhibitHandler(new ExhibitFolder(record.evidence())),
                rings,
                telephones,
                new Endings(consultations, paper, incidents, roster, secrets, clock),
                identities,
                sealing,
                clock);
    }

    @Bean
    MediationController mediationController(
            RecordStores record,
            Tables tables,
            Invitations invitations,
            IncidentDesk incidents,
            AccessCodes codes,
            Sealing sealing,
            MediationSight sight,
            Secrets secrets,
            InstantSource clock) {
        return new MediationController(
                record.mediations(),
                tables,
                invitations,
                codes,
                incidents,
                sealing,
                sight,
                secrets,
                clock);
    }

    @Bean
    MediationSight mediationSight(RecordStores record, Roster roster) {
        return new MediationSight(record.mediations(), roster);
    }

    @Bean
    GuestController guestController(
            RecordStores record, Invitations invitations, PublicAllowance allowance) {
        return new GuestController(record.mediations(), invitations, allowance);
    }
}
