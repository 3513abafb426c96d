package org.maplebridge.signaling.http.mediation;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.mediation.Bar;
import org.maplebridge.dispatch.mediation.Invitation;
import org.maplebridge.dispatch.mediation.telephone.PhoneCall;
import org.maplebridge.dispatch.store.ApiKey;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.command.mediation.TelephoneMediaHandler;
import org.maplebridge.signaling.command.mediation.TelephoneMediaHandler.Connected;
import org.maplebridge.signaling.http.Access;
import org.maplebridge.signaling.http.ApiProblem;
import org.maplebridge.signaling.mediation.telephone.AccessCodes;
import org.maplebridge.signaling.mediation.telephone.AccessCodes.Entry;
import org.maplebridge.signaling.mediation.telephone.Announcement;
import org.maplebridge.signaling.mediation.telephone.TelephoneLine;
import org.maplebridge.signaling.mediation.telephone.Telephones;
import org.maplebridge.signaling.security.Caller;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a gateway to the telephone network asks for and says, by a key of the scope `telephone`:
/// which calls to place, what becomes of them, which keys are pressed, and the one offer by which a
/// voice is connected (as WHIP has it, RFC 9725 §4.2, both ways).
@RestController
public class TelephoneController {
    private static final String SCOPE = "telephone";
    private static final String SDP = "application/sdp";
    private static final int MOST_WAIT_SECONDS = 20;
    private static final int MOST_KEYS = 20;
    private static final int MOST_NUMBER_CHARS = 30;

    /// @param number only while it is to be dialled
    /// @param said grows with each other announcement
    /// @param connect whether an offer is wanted now
    record CallView(
            String id,
            String state,
            @Nullable String number,
            int said,
            Announcement say,
            boolean connect) {}

    record CallList(long seen, List<CallView> calls) {}

    record Incoming(@Nullable String code, @Nullable String caller) {}

    record State(@Nullable String state) {}

    record Keys(@Nullable String keys) {}

    private final Telephones telephones;
    private final AccessCodes codes;
    private final TelephoneMediaHandler media;

    public TelephoneController(
            Telephones telephones, AccessCodes codes, TelephoneMediaHandler media) {
        this.telephones = telephones;
        this.codes = codes;
        this.media = media;
    }

    /// All calls as they stand, as soon as that is another than was seen, else after the wait.
    @GetMapping("/api/telephone/calls")
    ResponseEntity<CallList> calls(
            @AuthenticationPrincipal Caller.Machine machine,
            @RequestParam(defaultValue = "0") long seen,
            @RequestParam(name = "wait", defaultValue = "0") int seconds)
            throws InterruptedException {
        var key = key(machine);
        if (seconds < 0 || seconds > MOST_WAIT_SECONDS) {
            throw ApiProblem.malformed("wait", "may be 0 to " + MOST_WAIT_SECONDS + " seconds");
        }
        var all = telephones.calls(key, seen, Duration.ofSeconds(seconds));
        return ResponseEntity.ok()
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(
                        new CallList(
                                all.seen(),
                                all.calls().stream().map(TelephoneController::view).toList()));
    }

    /// Somebody called and keyed in a code.
    @PostMapping("/api/telephone/calls")
    ResponseEntity<CallView> came(
            @AuthenticationPrincipal Caller.Machine machine, @RequestBody Incoming incoming)
            throws RecordUnavailable {
        var key = key(machine);
        var code = Access.text(incoming.code(), "code", MOST_KEYS);
        @Nullable String said = incoming.caller();
        var caller =
                said == null || said.isBlank()
                        ? ""
                        : Access.text(said, "caller", MOST_NUMBER_CHARS).strip();
        return switch (codes.enter(key, code, caller)) {
            case Entry.In(TelephoneLine line) ->
                    ResponseEntity.created(URI.create("/api/telephone/calls/" + id(line)))
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .body(view(line.view()));
            case Entry.Unknown() ->
                    throw new ApiProblem(
                            HttpStatus.NOT_FOUND, "code-unknown", "There is no such code.");
            case Entry.Shut(Invitation.Fault why) -> throw shut(why);
            case Entry.Locked(Duration left) ->
                    throw new ApiProblem(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "code-locked",
                            "Too many wrong codes: none is looked at for a while.",
                            Map.of("retryAfterSeconds", left.toSeconds() + 1));
            case Entry.Elsewhere(var node) ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT,
                            "held-elsewhere",
                            "The table stands on another node: enter the code there.",
                            Map.of("url", node.url()));
            case Entry.Barred(Bar why) -> throw barred(why);
        };
    }

    private static ApiProblem shut(Invitation.Fault why) {
        return switch (why) {
            case USED ->
                    new ApiProblem(
                            HttpStatus.CONFLICT,
                            "code-used",
                            "It was used before: ask the mediator for a new one.");
            case EXPIRED ->
                    new ApiProblem(HttpStatus.GONE, "code-expired", "It is too late for it.");
            case REVOKED ->
                    new ApiProblem(
                            HttpStatus.GONE,
                            "code-revoked",
                            "A newer code or link took its place.");
        };
    }

    @PostMapping("/api/telephone/calls/{id}/state")
    ResponseEntity<Void> reported(
            @AuthenticationPrincipal Caller.Machine machine,
            @PathVariable String id,
            @RequestBody State said)
            throws RecordUnavailable {
        var key = key(machine);
        var word = Access.text(said.state(), "state", 20);
        var report =
                Arrays.stream(PhoneCall.Report.values())
                        .filter(one -> MediationViews.word(one).equals(word))
                        .findFirst()
                        .orElseThrow(() -> ApiProblem.malformed("state", "is none of a call's"));
        refuse(telephones.reported(line(key, id), key, report));
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/telephone/calls/{id}/keys")
    ResponseEntity<Void> pressed(
            @AuthenticationPrincipal Caller.Machine machine,
            @PathVariable String id,
            @RequestBody Keys pressed)
            throws RecordUnavailable {
        var line = line(key(machine), id);
        var keys = Access.text(pressed.keys(), "keys", MOST_KEYS);
        if (!keys.chars().allMatch(c -> "0123456789*#".indexOf(c) >= 0)) {
            throw ApiProblem.malformed("keys", "may be of 0 to 9, * and #");
        }
        refuse(telephones.pressed(line, keys));
        return ResponseEntity.noContent().build();
    }

    /// A new offer of the same call takes the former one's place.
    @PostMapping(path = "/api/telephone/calls/{id}/media", consumes = SDP)
    ResponseEntity<String> connect(
            @AuthenticationPrincipal Caller.Machine machine,
            @PathVariable String id,
            @RequestBody String offer) {
        var line = line(key(machine), id);
        return switch (media.offer(line, offer)) {
            case Connected.Answered(String answer, String leg) ->
                    ResponseEntity.created(
                                    URI.create("/api/telephone/calls/" + id(line) + "/media"))
                            .contentType(MediaType.parseMediaType(SDP))
                            .eTag("\"" + leg + "\"")
                            .body(answer);
            case Connected.Refused(String code, String detail) ->
                    throw new ApiProblem(HttpStatus.UNPROCESSABLE_CONTENT, code, detail);
            case Connected.NotSeated() ->
                    throw new ApiProblem(
                            HttpStatus.CONFLICT,
                            Bar.CONSENT_REQUIRED.code(),
                            "The caller has not agreed by key yet: nobody is heard before.");
        };
    }

    @DeleteMapping("/api/telephone/calls/{id}/media")
    ResponseEntity<Void> disconnect(
            @AuthenticationPrincipal Caller.Machine machine, @PathVariable String id) {
        media.close(line(key(machine), id));
        return ResponseEntity.ok().build();
    }

    private static String key(Caller.Machine machine) {
        if (!machine.key().allows(SCOPE, ApiKey.ANY_UNIT)) {
            throw new ApiProblem(
                    HttpStatus.FORBIDDEN, "not-allowed", "This key is not for telephones.");
        }
        return machine.account();
    }

    private TelephoneLine line(String key, String id) {
        return telephones.find(key, id).orElseThrow(() -> barred(Bar.NO_SUCH_CALL));
    }

    private static String id(TelephoneLine line) {
        return line.view().id();
    }

    private static CallView view(TelephoneLine.View view) {
        return new CallView(
                view.id(),
                MediationViews.word(view.stage()),
                view.number(),
                view.said(),
                view.say(),
                view.connect());
    }

    private static void refuse(Optional<Bar> bar) {
        if (bar.isPresent()) {
            throw barred(bar.get());
        }
    }

    private static ApiProblem barred(Bar bar) {
        var status = bar == Bar.NO_SUCH_CALL ? HttpStatus.NOT_FOUND : HttpStatus.CONFLICT;
        return new ApiProblem(status, bar.code(), bar.sentence());
    }
}
