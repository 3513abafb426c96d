package org.maplebridge.signaling.http.evidence;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.intake.Report;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.evidence.UploadDesk;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.TooManyRequests;
import org.maplebridge.signaling.intake.PublicAllowance;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// Pictures and videos of citizens, who need no account: whoever has the receipt adds to the
/// report, and sees that something arrived, never what.
@RestController
public class PublicUploadController {
    private static final String HOME = "/api/public/reports/{receipt}/uploads";
    private static final int MOST = 20;

    /// @param arrived whether all of it is here and proved
    public record Sent(String id, String type, long bytes, boolean arrived) {}

    private final RecordStores record;
    private final EvidenceStore store;
    private final UploadDesk desk;
    private final UploadAnswers answers;
    private final EvidenceRights rights;
    private final PublicAllowance allowance;

    public PublicUploadController(
            RecordStores record,
            UploadDesk desk,
            EvidenceRights rights,
            PublicAllowance allowance) {
        this.record = record;
        this.store = record.evidence();
        this.desk = desk;
        this.answers = new UploadAnswers(desk);
        this.rights = rights;
        this.allowance = allowance;
    }

    @RequestMapping(path = HOME, method = RequestMethod.OPTIONS)
    ResponseEntity<Void> abilities() {
        return Tus.abilities();
    }

    @GetMapping(HOME)
    ResponseEntity<List<Sent>> sent(@PathVariable String receipt, HttpServletRequest request)
            throws RecordUnavailable {
        await(allowance.look(request.getRemoteAddr()));
        var sent = store.of(reported(receipt).id(), MOST).stream();
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(sent.map(PublicUploadController::shown).toList());
    }

    private static Sent shown(Evidence evidence) {
        var claim = evidence.claim();
        return new Sent(
                evidence.id().value(),
                claim.type().mediaType(),
                claim.bytes(),
                evidence.hasArrived());
    }

    @PostMapping(HOME)
    ResponseEntity<Void> begin(@PathVariable String receipt, HttpServletRequest request)
            throws RecordUnavailable, IOException {
        Tus.requireVersion(request);
        String address = request.getRemoteAddr();
        await(allowance.upload(address));
        Report report = reported(receipt);
        var incident = rights.whole(report.incident());
        if (record.incidents().find(incident).filter(Incident::isClosed).isPresent()) {
            throw new ApiProblem(HttpStatus.CONFLICT, "closed", "The matter is closed.");
        }
        var about = new Evidence.About(incident, null, report.id());
        var sender = new Evidence.Sender(null, null, PublicAllowance.subscriber(address));
        var claim = UploadController.claim(request, Tus.metadata(request));
        return answers.begun(desk.begin(claim, about, sender), HOME.replace("{receipt}", receipt));
    }

    @RequestMapping(path = HOME + "/{id}", method = RequestMethod.HEAD)
    ResponseEntity<Void> where(
            @PathVariable String receipt, @PathVariable String id, HttpServletRequest request)
            throws RecordUnavailable, IOException {
        return answers.where(desk.where(own(receipt, id, request)));
    }

    @PatchMapping(HOME + "/{id}")
    ResponseEntity<Void> append(
            @PathVariable String receipt, @PathVariable String id, HttpServletRequest request)
            throws RecordUnavailable, IOException {
        return answers.taken(desk.append(own(receipt, id, request), Tus.piece(request)));
    }

    @DeleteMapping(HOME + "/{id}")
    ResponseEntity<Void> giveUp(
            @PathVariable String receipt, @PathVariable String id, HttpServletRequest request)
            throws RecordUnavailable, IOException {
        desk.giveUp(own(receipt, id, request));
        return ResponseEntity.noContent().header(Tus.RESUMABLE, Tus.VERSION).build();
    }

    private Evidence own(String receipt, String id, HttpServletRequest request)
            throws RecordUnavailable {
        Tus.requireVersion(request);
        await(allowance.piece(request.getRemoteAddr()));
        Report report = reported(receipt);
        return UploadController.found(store, id)
                .filter(evidence -> report.id().equals(evidence.about().report()))
                .orElseThrow(UploadAnswers::unknown);
    }

    private Report reported(String receipt) throws RecordUnavailable {
        Optional<Report> found =
                Ids.isValid(receipt) ? record.reports().byReceipt(receipt) : Optional.empty();
        return found.orElseThrow(() ->
                new ApiProblem(
                        HttpStatus.NOT_FOUND, "unknown-receipt", "There is no such receipt."));
    }

    private static void await(Duration left) {
        if (left.isPositive()) {
            throw new TooManyRequests(left);
        }
    }
}
