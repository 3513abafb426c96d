package org.maplebridge.signaling.whip;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.load.NodeLoad;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.IceServer;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.IceServers;
import org.maplebridge.signaling.security.Roster;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// `/whip/{unit}` and `/whep/{unit}`: RFC 9725 and the WHEP draft, which share all but the
/// direction.
@RestController
public class StreamController {
    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";
    private static final String BUSY_SECONDS = "5";

    private final Streams streams;
    private final Roster roster;
    private final LiveSight sight;
    private final NodeLoad load;
    private final IceServers iceServers;
    private final InstantSource clock;

    public StreamController(
            Streams streams,
            Roster roster,
            LiveSight sight,
            NodeLoad load,
            IceServers iceServers,
            InstantSource clock) {
        this.streams = streams;
        this.roster = roster;
        this.sight = sight;
        this.load = load;
        this.iceServers = iceServers;
        this.clock = clock;
    }

    @PostMapping(path = "/whip/{unit}", consumes = SDP, produces = SDP)
    ResponseEntity<String> publish(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String unit,
            @RequestBody String offer)
            throws RecordUnavailable {
        var allowed = StreamRights.mayPublish(roster, caller, unit);
        return created("whip", streams.publish(allowed, caller.account(), offer));
    }

    @PostMapping(path = "/whep/{unit}", consumes = SDP, produces = SDP)
    ResponseEntity<String> play(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String unit,
            @RequestBody String offer)
            throws RecordUnavailable {
        var allowed = StreamRights.mayPlay(roster, sight, caller, unit);
        if (OfferLines.firstMid(offer, "video").isPresent() && load.refusesPicture()) {
            throw new StreamProblem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    RefusalCode.OVERLOADED.wire(),
                    "The node is busy, and keeps voice going first.");
        }
        return created("whep", streams.play(allowed, caller.account(), name(caller), offer));
    }

    @PatchMapping(
            path = {"/whip/{unit}/{id}", "/whep/{unit}/{id}"},
            consumes = FRAGMENT)
    ResponseEntity<String> patch(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String unit,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String match,
            @RequestBody String fragment) {
        var session = find(caller, unit, id);
        if (match == null) {
            throw new StreamProblem(
                    HttpStatus.PRECONDITION_REQUIRED, "no-if-match", "Which ICE session?");
        }
        if (match.strip().equals("*")) {
            var restarted = streams.restart(session, fragment);
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType(FRAGMENT))
                    .eTag(restarted.session().etag())
                    .body(restarted.answer());
        }
        if (!match.strip().equals("\"" + session.etag() + "\"")) {
            throw new StreamProblem(
                    HttpStatus.PRECONDITION_FAILED,
                    "other-ice-session",
                    "The ICE session is another one by now.");
        }
        if (!streams.trickle(session, fragment)) {
            throw new StreamProblem(
                    HttpStatus.BAD_REQUEST, "malformed", "Not a fragment of this session.");
        }
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping({"/whip/{unit}/{id}", "/whep/{unit}/{id}"})
    ResponseEntity<Void> end(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String unit,
            @PathVariable String id) {
        streams.end(find(caller, unit, id).id());
        return ResponseEntity.ok().build();
    }

    /// Asked before anybody is known: says only how to speak here, to pages of any origin.
    @RequestMapping(
            path = {"/whip/{unit}", "/whep/{unit}", "/whip/{unit}/{id}", "/whep/{unit}/{id}"},
            method = RequestMethod.OPTIONS)
    ResponseEntity<Void> options() {
        return ResponseEntity.noContent()
                .header("Accept-Post", SDP)
                .header("Accept-Patch", FRAGMENT)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "POST, PATCH, DELETE, OPTIONS")
                .header("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
                .header("Access-Control-Max-Age", "86400")
                .build();
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(StreamProblem problem) {
        var detail =
                ProblemDetail.forStatusAndDetail(
                        problem.status(), String.valueOf(problem.getMessage()));
        detail.setTitle(problem.status().getReasonPhrase());
        detail.setProperty("code", problem.code());
        var answer =
                ResponseEntity.status(problem.status())
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .header("Access-Control-Allow-Origin", "*");
        boolean busy =
                problem.status() == HttpStatus.SERVICE_UNAVAILABLE
                        || problem.status() == HttpStatus.TOO_MANY_REQUESTS;
        return (busy ? answer.header(HttpHeaders.RETRY_AFTER, BUSY_SECONDS) : answer).body(detail);
    }

    private StreamSession find(Caller caller, String unit, String id) {
        Optional<StreamSession> session =
                Ids.isValid(unit)
                        ? streams.find(id, new UnitId(unit), caller.account())
                        : Optional.empty();
        return session.orElseThrow(() ->
                new StreamProblem(HttpStatus.NOT_FOUND, "not-found", "There is no such session."));
    }

    private ResponseEntity<String> created(String door, Streams.Opened opened) {
        var session = opened.session();
        var answer =
                ResponseEntity.created(
                                URI.create(
                                        "/%s/%s/%s".formatted(door, session.unit(), session.id())))
                        .contentType(MediaType.parseMediaType(SDP))
                        .header(HttpHeaders.ETAG, "\"" + session.etag() + "\"")
                        .header("Accept-Patch", FRAGMENT)
                        .header("Access-Control-Allow-Origin", "*")
                        .header("Access-Control-Expose-Headers", "Location, ETag, Link");
        for (var server : iceServers.of(session.account(), clock.instant())) {
            for (var url : server.urls()) {
                answer.header(HttpHeaders.LINK, link(server, url));
            }
        }
        return answer.body(opened.answer());
    }

    /// RFC 9725 §4.6.
    private static String link(IceServer server, String url) {
        var link = new StringBuilder("<%s>; rel=\"ice-server\"".formatted(url));
        if (server.username() != null && server.credential() != null) {
            link.append(
                    "; username=\"%s\"; credential=\"%s\"; credential-type=\"password\""
                            .formatted(server.username(), server.credential()));
        }
        return link.toString();
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.Person person -> person.user().name().in(person.user().locale());
            case Caller.Machine(var key) -> key.name();
            case Caller.Participant guest -> guest.account();
        };
    }
}
