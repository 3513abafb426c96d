package org.maplebridge.signaling.http.evidence;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.signaling.evidence.UploadDesk;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// What people bring to a mediation's table: into their own folder, seen by nobody until it is laid
/// on the table.
@RestController
public class TableUploadController {
    private static final String HOME = "/api/table/uploads";

    private final MediationStore mediations;
    private final EvidenceStore store;
    private final UploadDesk desk;
    private final UploadAnswers answers;

    public TableUploadController(MediationStore mediations, EvidenceStore store, UploadDesk desk) {
        this.mediations = mediations;
        this.store = store;
        this.desk = desk;
        this.answers = new UploadAnswers(desk);
    }

    @PostMapping(HOME)
    ResponseEntity<Void> begin(
            @AuthenticationPrincipal Caller.Participant who, HttpServletRequest request)
            throws RecordUnavailable, IOException {
        Tus.requireVersion(request);
        Optional<Mediation> mediation = mediations.find(who.mediation());
        if (mediation.isEmpty() || mediation.get().isOver()) {
            throw new ApiProblem(
                    HttpStatus.CONFLICT, Bar.MEDIATION_OVER.code(), Bar.MEDIATION_OVER.sentence());
        }
        var claim = UploadController.claim(request, Tus.metadata(request));
        var about =
                Evidence.About.table(who.mediation(), who.person().value(), title(claim.name()));
        var sender = new Evidence.Sender(null, null, who.account());
        return answers.begun(desk.begin(claim, about, sender), HOME);
    }

    /// A name that means a place in a file system is refused behind this.
    private static String title(@Nullable String name) {
        return name != null && PlainText.isValid(name, Evidence.Table.TITLE_CHARS) ? name : "";
    }

    @RequestMapping(path = HOME + "/{id}", method = RequestMethod.HEAD)
    ResponseEntity<Void> where(
            @AuthenticationPrincipal Caller.Participant who,
            @PathVariable String id,
            HttpServletRequest request)
            throws RecordUnavailable, IOException {
        return answers.where(desk.where(own(who, id, request)));
    }

    @PatchMapping(HOME + "/{id}")
    ResponseEntity<Void> append(
            @AuthenticationPrincipal Caller.Participant who,
            @PathVariable String id,
            HttpServletRequest request)
            throws RecordUnavailable, IOException {
        return answers.taken(desk.append(own(who, id, request), Tus.piece(request)));
    }

    @DeleteMapping(HOME + "/{id}")
    ResponseEntity<Void> giveUp(
            @AuthenticationPrincipal Caller.Participant who,
            @PathVariable String id,
            HttpServletRequest request)
            throws RecordUnavailable, IOException {
        desk.giveUp(own(who, id, request));
        return ResponseEntity.noContent().header(Tus.RESUMABLE, Tus.VERSION).build();
    }

    private Evidence own(Caller.Participant who, String id, HttpServletRequest request)
            throws RecordUnavailable {
        Tus.requireVersion(request);
        return UploadController.found(store, id)
                .filter(evidence -> isOf(who, evidence.about().table()))
                .orElseThrow(UploadAnswers::unknown);
    }

    private static boolean isOf(Caller.Participant who, Evidence.@Nullable Table table) {
        return table != null
                && table.mediation().equals(who.mediation())
                && table.person().equals(who.person().value());
    }
}
