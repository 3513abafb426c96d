package org.maplebridge.signaling.http.evidence;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.evidence.Evidence;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.EvidenceStore;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.evidence.EvidenceFiles;
import org.maplebridge.signaling.evidence.EvidenceTickets;
import org.maplebridge.signaling.evidence.Holders;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.FileAnswer;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Pictures and videos that have arrived. Nobody sees one without standing in the audit first.
@RestController
public class EvidenceController {
    private static final int MOST = 200;

    /// A browser may show again what it was shown, as long as the ticket's page is open.
    private static final String CACHING = "private, max-age=900";

    /// WGS 84.
    public record Point(double latitude, double longitude) {}

    /// @param by name of who sent it; absent for a citizen
    /// @param said where the picture says it was taken; nothing proves that
    /// @param href where it can be shown for some minutes, at the node that keeps it
    public record Item(
            String id,
            String type,
            boolean video,
            long bytes,
            String sha256,
            Instant at,
            @Nullable String by,
            @Nullable String unit,
            @Nullable String order,
            @Nullable Integer width,
            @Nullable Integer height,
            @Nullable Point said,
            String href) {}

    private final EvidenceStore store;
    private final EvidenceRights rights;
    private final EvidenceFiles files;
    private final EvidenceTickets tickets;
    private final Holders holders;
    private final Roster roster;
    private final Audit audit;
    private final InstantSource clock;

    public EvidenceController(
            RecordStores record,
            EvidenceRights rights,
            EvidenceFiles files,
            EvidenceTickets tickets,
            Holders holders,
            Roster roster,
            Audit audit,
            InstantSource clock) {
        this.store = record.evidence();
        this.rights = rights;
        this.files = files;
        this.tickets = tickets;
        this.holders = holders;
        this.roster = roster;
        this.audit = audit;
        this.clock = clock;
    }

    /// Oldest first.
    @GetMapping("/api/incidents/{id}/evidence")
    List<Item> ofIncident(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var incident = rights.visible(person, id).incident();
        return store.about(incident.id(), MOST).stream().map(e -> shown(person, e)).toList();
    }

    /// Oldest first.
    @GetMapping("/api/orders/{id}/evidence")
    List<Item> ofOrder(@AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        var order = rights.visibleOrder(person, id);
        var items = new ArrayList<Item>();
        for (Evidence evidence : store.about(order.id(), MOST)) {
            if (rights.sees(person, evidence)) {
                items.add(shown(person, evidence));
            }
        }
        return items;
    }

    @GetMapping("/api/evidence/{id}")
    void show(
            @AuthenticationPrincipal Caller.Person person,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        answer(person, visible(person, id), request, response);
    }

    /// The same for a browser that shows a picture by itself.
    @GetMapping("/evidence/{id}")
    void showByTicket(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String ticket,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        var evidence = UploadController.found(store, id).orElseThrow(EvidenceController::none);
        Caller.Person person =
                tickets.holder(evidence.id().value(), ticket, clock.instant())
                        .flatMap(rights::person)
                        .orElseThrow(EvidenceController::none);
        answer(person, visible(person, id), request, response);
    }

    private Evidence visible(Caller.Person person, String id) throws RecordUnavailable {
        Optional<Evidence> found = UploadController.found(store, id);
        if (found.isEmpty() || !rights.sees(person, found.get())) {
            throw none();
        }
        return found.get();
    }

    private static ApiProblem none() {
        return ApiProblem.notVisible("evidence");
    }

    /// Whatever it is, it runs nothing: it was sent by anybody.
    private void answer(
            Caller.Person person,
            Evidence evidence,
            HttpServletRequest request,
            HttpServletResponse response)
            throws RecordUnavailable, IOException {
        var path = files.find(evidence).orElseThrow(() -> away(evidence));
        var type = evidence.claim().type();
        String name = evidence.id().value();
        var content =
                new FileAnswer.Content(name, name + "." + type.suffix(), type.mediaType(), CACHING);
        try (var file = FileChannel.open(path)) {
            var answer = new FileAnswer(request, response, file, content);
            if (answer.isPlay()) {
                audit.begin(
                        AuditEntry.Kind.EVIDENCE_SHOWN, person.account(), name, subject(evidence));
            }
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
            answer.write();
        } catch (NoSuchFileException gone) {
            throw away(evidence);
        }
    }

    private static Map<String, String> subject(Evidence evidence) {
        var incident = evidence.about().incident();
        return incident == null
                ? Map.of("order", String.valueOf(evidence.about().order()))
                : Map.of("incident", incident.value());
    }

    private ApiProblem away(Evidence evidence) {
        return holders.elsewhere(evidence)
                .map(address ->
                        new ApiProblem(
                                HttpStatus.CONFLICT,
                                "held-elsewhere",
                                "Another node keeps it.",
                                Map.of("url", address)))
                .orElseGet(EvidenceController::elsewhere);
    }

    static ApiProblem elsewhere() {
        return new ApiProblem(
                HttpStatus.SERVICE_UNAVAILABLE, "holder-away", "The node that keeps it is away.");
    }

    private Item shown(Caller.Person person, Evidence evidence) {
        var claim = evidence.claim();
        Evidence.@Nullable Arrival arrival = evidence.arrival();
        Evidence.@Nullable PictureSize size = arrival == null ? null : arrival.size();
        @Nullable GeoPoint said = arrival == null ? null : arrival.said();
        @Nullable UserId by = evidence.sender().user();
        String at = files.find(evidence).isPresent() ? "" : holders.elsewhere(evidence).orElse("");
        return new Item(
                evidence.id().value(),
                claim.type().mediaType(),
                claim.type().isVideo(),
                claim.bytes(),
                claim.sha256(),
                arrival == null ? evidence.begunAt() : arrival.at(),
                by == null ? null : name(person, by),
                evidence.sender().unit() == null ? null : evidence.sender().unit().value(),
                evidence.about().order() == null ? null : evidence.about().order().value(),
                size == null ? null : size.width(),
                size == null ? null : size.height(),
                said == null ? null : new Point(said.latitude(), said.longitude()),
                at
                        + "/evidence/"
                        + evidence.id()
                        + "?ticket="
                        + tickets.ticket(
                                evidence.id().value(), person.user().id(), clock.instant()));
    }

    private String name(Caller.Person person, UserId user) {
        return roster.organisation()
                .user(user)
                .map(User::name)
                .map(name -> name.in(person.user().locale()))
                .orElse(user.value());
    }
}
