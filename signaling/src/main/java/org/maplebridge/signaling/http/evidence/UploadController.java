package org.maplebridge.signaling.http.evidence;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Claim;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.evidence.UploadDesk;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// Pictures and videos of people with an account: a terminal's about an order that it was given, a
/// seat's about an incident.
@RestController
public class UploadController {
    private static final String HOME = "/api/uploads";

    private final EvidenceStore store;
    private final UploadDesk desk;
    private final UploadAnswers answers;
    private final EvidenceRights rights;

    public UploadController(RecordStores record, UploadDesk desk, EvidenceRights rights) {
        this.store = record.evidence();
        this.desk = desk;
        this.answers = new UploadAnswers(desk);
        this.rights = rights;
    }

    @RequestMapping(path = HOME, method = RequestMethod.OPTIONS)
    ResponseEntity<Void> abilities() {
        return Tus.abilities();
    }

    @PostMapping(HOME)
    ResponseEntity<Void> begin(
            @AuthenticationPrincipal Caller.Person person, HttpServletRequest request)
            throws RecordUnavailable, IOException {
        Tus.requireVersion(request);
        Map<String, String> said = Tus.metadata(request);
        var about = rights.about(person, said.get("incident"), said.get("order"));
        String user = person.user().id().value();
        var sender =
                new Evidence.Sender(
                        person.user().id(),
                        about.order() == null ? null : person.user().unit(),
                        user);
        return answers.begun(desk.begin(claim(request, said), about, sender), HOME);
    }

    static Claim.Said claim(HttpServletRequest request, Map<String, String> said) {
        return new Claim.Said(
                said.getOrDefault("filetype", ""),
                Tus.length(request),
                said.getOrDefault("sha256", ""),
                said.get("filename"));
    }

    @RequestMapping(path = HOME + "/{id}", method = RequestMethod.HEAD)
    ResponseEntity<Void> where(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            HttpServletRequest request)
            throws RecordUnavailable, IOException {
        Tus.requireVersion(request);
        return answers.where(desk.where(own(person, id)));
    }

    @PatchMapping(HOME + "/{id}")
    ResponseEntity<Void> append(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            HttpServletRequest request)
            throws RecordUnavailable, IOException {
        Tus.requireVersion(request);
        return answers.taken(desk.append(own(person, id), Tus.piece(request)));
    }

    @DeleteMapping(HOME + "/{id}")
    ResponseEntity<Void> giveUp(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            HttpServletRequest request)
            throws RecordUnavailable, IOException {
        Tus.requireVersion(request);
        desk.giveUp(own(person, id));
        return ResponseEntity.noContent().header(Tus.RESUMABLE, Tus.VERSION).build();
    }

    private Evidence own(Caller.Person person, String id) throws RecordUnavailable {
        return found(store, id)
                .filter(evidence -> person.user().id().equals(evidence.sender().user()))
                .orElseThrow(UploadAnswers::unknown);
    }

    static Optional<Evidence> found(EvidenceStore store, @Nullable String id)
            throws RecordUnavailable {
        return id != null && Ids.isValid(id) ? store.find(new EvidenceId(id)) : Optional.empty();
    }
}
