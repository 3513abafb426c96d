package org.maplebridge.signaling.http.mediation;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Invitation;
import org.maplebridge.dispatch.mediation.Mediation;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.store.mediation.MediationStore;
import org.maplebridge.dispatch.store.mediation.MediationStore.Exchange;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.http.TooManyRequests;
import org.maplebridge.signaling.intake.PublicAllowance;
import org.maplebridge.signaling.mediation.Invitations;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What people without an account may ask of mediations: to be let in by a link, for the paper that
/// they signed, and whether a copy is the one that was signed.
@RestController
public class GuestController {
    private static final int MOST_TOKEN_CHARS = 128;

    record Link(@Nullable String token) {}

    record Place(String token, Instant expiresAt, String title) {}

    /// @param sha256 of the file that was signed
    record Verified(String code, Instant endedAt, String outcome, String sha256) {}

    private final MediationStore store;
    private final Invitations invitations;
    private final PublicAllowance allowance;

    public GuestController(
            MediationStore store, Invitations invitations, PublicAllowance allowance) {
        this.store = store;
        this.invitations = invitations;
        this.allowance = allowance;
    }

    /// A link opens once: the device that showed it has a place from now on, nobody else by it.
    @PostMapping("/api/public/invitations")
    ResponseEntity<Place> exchange(@RequestBody Link link, HttpServletRequest request)
            throws RecordUnavailable {
        await(allowance.look(request.getRemoteAddr()));
        var shown = Access.text(link.token(), "token", MOST_TOKEN_CHARS);
        var place = invitations.exchange(shown);
        return switch (place.exchange()) {
            case Exchange.Opened(Invitation invitation) -> {
                var mediation = store.find(invitation.mediation()).orElseThrow();
                yield ResponseEntity.status(HttpStatus.CREATED)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .body(new Place(place.token(), place.expiresAt(), mediation.title()));
            }
            case Exchange.Shut(Invitation.Fault why) -> throw shut(why);
            case Exchange.Unknown() ->
                    throw new ApiProblem(
                            HttpStatus.NOT_FOUND,
                            "unknown-invitation",
                            "There is no such invitation.");
        };
    }

    private static ApiProblem shut(Invitation.Fault why) {
        return switch (why) {
            case USED ->
                    new ApiProblem(
                            HttpStatus.CONFLICT,
                            "invitation-used",
                            "A device has used it: ask the mediator for a new one.");
            case EXPIRED ->
                    new ApiProblem(HttpStatus.GONE, "invitation-expired", "It is too late for it.");
            case REVOKED ->
                    new ApiProblem(
                            HttpStatus.GONE, "invitation-revoked", "A newer one took its place.");
        };
    }

    @GetMapping("/api/table/document")
    ResponseEntity<byte[]> document(@AuthenticationPrincipal Caller.Participant who)
            throws RecordUnavailable {
        var mediation =
                store.find(who.mediation()).orElseThrow(() -> ApiProblem.notVisible("mediation"));
        return Papers.of(store, mediation);
    }

    @GetMapping("/api/public/agreements/{code}")
    Verified verified(@PathVariable String code, HttpServletRequest request)
            throws RecordUnavailable {
        await(allowance.look(request.getRemoteAddr()));
        Optional<MediationStore.Document> document =
                Ids.isValid(code) ? store.document(code) : Optional.empty();
        var found = document.orElseThrow(() -> ApiProblem.notVisible("document"));
        Mediation.@Nullable End end =
                store.find(found.mediation()).map(Mediation::end).orElse(null);
        if (end == null) {
            throw ApiProblem.notVisible("document");
        }
        return new Verified(
                found.code(), end.at(), MediationViews.word(end.outcome()), found.hash());
    }

    private static void await(Duration left) {
        if (left.isPositive()) {
            throw new TooManyRequests(left);
        }
    }
}
