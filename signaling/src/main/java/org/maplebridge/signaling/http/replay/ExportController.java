package org.maplebridge.signaling.http.replay;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.JournalStore;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.IncidentTimeline;
import org.maplebridge.signaling.replay.Cast;
import org.maplebridge.signaling.replay.Seal;
import org.maplebridge.signaling.replay.SealedPackage;
import org.maplebridge.signaling.replay.chain.JournalProofs;
import org.maplebridge.signaling.replay.chain.JournalSealer;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// An incident as a sealed package: a time line that opens without us, what was said and sent
/// beside it, the journal with the proofs that it was sealed, and what proves that nothing was
/// changed since. It holds what the person who asks may see and hear, and nothing else.
@RestController
public class ExportController {
    static final int MOST = 5_000;

    /// @param key fingerprint of the key by which this node seals
    public record Key(String key) {}

    private final IncidentDesk desk;
    private final IncidentTimeline timeline;
    private final ExportFiles files;
    private final JournalStore journal;
    private final JournalSealer sealer;
    private final JournalProofs proofs;
    private final Seal seal;
    private final Audit audit;
    private final InstantSource clock;

    public ExportController(
            IncidentDesk desk,
            IncidentTimeline timeline,
            ExportFiles files,
            RecordStores record,
            JournalSealer sealer,
            JournalProofs proofs,
            Seal seal,
            Audit audit,
            InstantSource clock) {
        this.desk = desk;
        this.timeline = timeline;
        this.files = files;
        this.journal = record.journal();
        this.sealer = sealer;
        this.proofs = proofs;
        this.seal = seal;
        this.audit = audit;
        this.clock = clock;
    }

    /// To be compared with what a package says, and kept elsewhere.
    @GetMapping("/api/seal")
    Key key() {
        return new Key(seal.fingerprint());
    }

    /// The seal comes last, once the journal knows of it: a package that was cut off has none.
    @GetMapping("/api/incidents/{id}/export")
    void export(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        var dossier = ReplayController.visible(desk, person, id);
        if (!Cast.examines(person)) {
            throw ApiProblem.notAllowed(Permission.APPRAISE.code());
        }
        var incident = dossier.incident();
        audit.begin(
                AuditEntry.Kind.INCIDENT_EXPORTED,
                person.account(),
                incident.id().value(),
                Map.of());
        var contents = files.gathered(person, dossier, timeline.timeline(person, id, MOST));
        sealer.sealNow(); // what is not sealed even so is told as such
        var proved = proofs.about(ExportFiles.wanted(incident.id(), contents), MOST);
        Instant now = clock.instant();
        response.setContentType("application/zip");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"incident-%s.zip\"".formatted(incident.number()));
        var what = "incident %s %s".formatted(incident.number(), incident.id());
        var when = "sealed %s by %s".formatted(now, person.user().id());
        try (var zip = new SealedPackage(response.getOutputStream(), seal, what, when)) {
            files.write(zip, contents);
            zip.add(JournalProofs.BLOCKS, proved.blocks());
            zip.add(JournalProofs.ENTRIES, proved.entries());
            journal.append(
                    new Happening(
                            now,
                            JournalKind.INCIDENT_EXPORTED,
                            person.user().id(),
                            person.user().seat(),
                            List.of(Subject.of(incident.id())),
                            Map.of(
                                    "chain",
                                    zip.chain(),
                                    "files",
                                    Integer.toString(zip.files()),
                                    "key",
                                    seal.fingerprint())));
            zip.seal();
        }
    }
}
