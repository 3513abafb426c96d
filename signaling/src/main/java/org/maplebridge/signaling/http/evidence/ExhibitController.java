package org.maplebridge.signaling.http.evidence;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.evidence.EvidenceFiles;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.FileAnswer;
import org.maplebridge.signaling.mediation.ExhibitFolder;
import org.maplebridge.signaling.mediation.Table;
import org.maplebridge.signaling.mediation.Tables;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Documents and pictures at a mediation's table. Whether somebody may see one is looked at each
/// time: what was taken off, or shown in a room that they have left, is not there for them.
@RestController
public class ExhibitController {
    /// Asked for again each time, since it may be somebody's no more.
    private static final String CACHING = "private, no-cache";

    /// @param title as its uploader's device called it; empty for what the incident has
    /// @param incident whether it comes from there
    public record Item(
            String id, String kind, String title, boolean incident, long bytes, String href) {}

    private final MediationStore mediations;
    private final EvidenceStore store;
    private final ExhibitFolder folder;
    private final Tables tables;
    private final EvidenceFiles files;
    private final TableTickets tickets;
    private final Audit audit;

    public ExhibitController(
            MediationStore mediations,
            EvidenceStore store,
            ExhibitFolder folder,
            Tables tables,
            EvidenceFiles files,
            TableTickets tickets,
            Audit audit) {
        this.mediations = mediations;
        this.store = store;
        this.folder = folder;
        this.tables = tables;
        this.files = files;
        this.tickets = tickets;
        this.audit = audit;
    }

    /// What the caller may lay on the table; oldest first.
    @GetMapping("/api/table/folder")
    ResponseEntity<List<Item>> folder(@AuthenticationPrincipal Caller.Participant who)
            throws RecordUnavailable {
        var mediation =
                mediations
                        .find(who.mediation())
                        .orElseThrow(() -> ApiProblem.notVisible("mediation"));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(
                        folder.of(mediation, who.person()).stream()
                                .map(one -> item(who, one))
                                .toList());
    }

    private Item item(Caller.Participant who, Evidence evidence) {
        var thing = ExhibitFolder.thing(evidence);
        return new Item(
                thing.id().value(),
                thing.kind().name().toLowerCase(Locale.ROOT),
                thing.title(),
                evidence.about().table() == null,
                evidence.claim().bytes(),
                tickets.href(thing.id(), who.mediation(), who.person()));
    }

    @GetMapping(TableTickets.PATH + "{id}")
    void show(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String ticket,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        var evidence =
                UploadController.found(store, id)
                        .filter(Evidence::hasArrived)
                        .orElseThrow(ExhibitController::none);
        var place = tickets.holder(evidence.id(), ticket).orElseThrow(ExhibitController::none);
        if (!maySee(place, evidence)) {
            throw none();
        }
        answer(place, evidence, request, response);
    }

    private boolean maySee(TableTickets.Place place, Evidence evidence) throws RecordUnavailable {
        @Nullable Table table = tables.of(place.mediation()).orElse(null);
        if (table != null && table.isShown(place.person(), evidence.id())) {
            return true;
        }
        @Nullable Mediation mediation =
                table != null ? table.mediation() : mediations.find(place.mediation()).orElse(null);
        return mediation != null
                && folder.find(mediation, place.person(), evidence.id()).isPresent();
    }

    private static ApiProblem none() {
        return ApiProblem.notVisible("evidence");
    }

    /// Whatever it is, it runs nothing: it was sent by anybody. Pages are for the device's own
    /// reader, since no browser shows them without running something.
    private void answer(
            TableTickets.Place place,
            Evidence evidence,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        var path = files.find(evidence).orElseThrow(EvidenceController::elsewhere);
        var type = evidence.claim().type();
        String name = evidence.id().value();
        var content =
                new FileAnswer.Content(name, name + "." + type.suffix(), type.mediaType(), CACHING);
        try (var file = FileChannel.open(path)) {
            var answer = new FileAnswer(request, response, file, content);
            if (answer.isPlay()) {
                audit.begin(
                        AuditEntry.Kind.EVIDENCE_SHOWN,
                        "mediation:" + place.mediation() + ":" + place.person(),
                        name,
                        Map.of("mediation", place.mediation().value()));
            }
            if (type.isDocument()) {
                response.setHeader(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"%s\"".formatted(content.fileName()));
            }
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
            response.setHeader("X-Content-Type-Options", "nosniff");
            answer.write();
        }
    }
}
