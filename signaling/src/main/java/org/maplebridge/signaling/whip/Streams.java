package org.maplebridge.signaling.whip;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.LegPlan;
import org.maplebridge.media.api.MediaRelay;
import org.maplebridge.media.api.Negotiation;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.protocol.ClientMessage.LiveMessage.Camera;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Live;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.MediaLeg;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.Secrets;
import org.maplebridge.signaling.whip.StreamSession.Kind;
import org.springframework.http.HttpStatus;

/// All WHIP and WHEP sessions of this node. A publisher makes its unit live as a terminal does; a
/// player watches as a console does.
///
/// Thread: any; sessions are replaced as a whole, opening and replacing are guarded by this.
public final class Streams {
    /// What became of a new session.
    record Opened(StreamSession session, String answer) {}

    private final MediaRelay relay;
    private final Legs legs;
    private final LiveBoard lives;
    private final Presence presence;
    private final Roster roster;
    private final Audit audit;
    private final Secrets secrets;
    private final InstantSource clock;
    private final int maxPerAccount;
    private final Map<String, StreamSession> sessions = new ConcurrentHashMap<>();

    public Streams(
            MediaRelay relay,
            Legs legs,
            LiveBoard lives,
            Presence presence,
            Roster roster,
            Audit audit,
            Secrets secrets,
            InstantSource clock,
            int maxPerAccount) {
        this.relay = relay;
        this.legs = legs;
        this.lives = lives;
        this.presence = presence;
        this.roster = roster;
        this.audit = audit;
        this.secrets = secrets;
        this.clock = clock;
        this.maxPerAccount = maxPerAccount;
    }

    /// @throws StreamProblem when somebody else publishes this unit, or the offer is refused
    synchronized Opened publish(UnitId unit, String account, String offer)
            throws RecordUnavailable {
        requireRoom(account);
        makeWay(unit, account);
        var microphone = OfferLines.firstMid(offer, "audio");
        var camera = OfferLines.firstMid(offer, "video");
        var publishes = new HashMap<String, SourceId>();
        microphone.ifPresent(mid -> publishes.put(mid, Sources.microphone(unit)));
        camera.ifPresent(mid -> publishes.put(mid, Sources.camera(unit)));
        var opened =
                open(
                        Kind.PUBLISHES,
                        unit,
                        account,
                        null,
                        offer,
                        new LegPlan(home(unit), publishes, Map.of()));
        var session = opened.session();
        try {
            begin(AuditEntry.Kind.PUBLISH_STARTED, session);
        } catch (RecordUnavailable e) {
            relay.close(session.leg());
            throw e;
        }
        sessions.put(session.id(), session);
        legs.opened(session.owner(), new MediaLeg(session.leg(), Map.of(), List.of()));
        boolean muted = microphone.isEmpty();
        lives.start(
                new Live(
                        unit,
                        session.owner(),
                        null,
                        clock.instant(),
                        Camera.EXTERNAL,
                        muted,
                        null));
        presence.streamBegan(unit, session.owner());
        return opened;
    }

    /// @throws StreamProblem when nobody publishes this unit, or the offer is refused
    synchronized Opened play(StreamRights.Play allowed, String account, String name, String offer)
            throws RecordUnavailable {
        var unit = allowed.unit();
        if (lives.since(unit).filter(allowed.right()::covers).isEmpty()) {
            throw new StreamProblem(HttpStatus.NOT_FOUND, "not-live", "Nobody publishes there.");
        }
        requireRoom(account);
        var sound = OfferLines.firstMid(offer, "audio");
        var picture = OfferLines.firstMid(offer, "video");
        var sync = new HashMap<String, String>();
        sound.ifPresent(mid -> sync.put(mid, "live"));
        picture.ifPresent(mid -> sync.put(mid, "live"));
        var opened =
                open(
                        Kind.PLAYS,
                        unit,
                        account,
                        allowed.guest(),
                        offer,
                        new LegPlan(home(unit), Map.of(), sync));
        var session = opened.session();
        try {
            begin(AuditEntry.Kind.WATCH_STARTED, session);
        } catch (RecordUnavailable e) {
            relay.close(session.leg());
            throw e;
        }
        sessions.put(session.id(), session);
        var tile = new MediaLeg.Tile(picture.orElse(null), sound.orElse(null));
        legs.opened(session.owner(), new MediaLeg(session.leg(), Map.of(0, tile), List.of()));
        var unused =
                lives.watch(
                        new LiveBoard.Watch(
                                session.owner(), name, 0, unit, clock.instant(), allowed.right()));
        return opened;
    }

    /// @return nothing when there is no such session of this caller
    Optional<StreamSession> find(String id, UnitId unit, String account) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.unit().equals(unit))
                .filter(session -> session.account().equals(account));
    }

    boolean trickle(StreamSession session, String fragment) {
        return relay.trickle(session.leg(), fragment);
    }

    /// @return the session with its new tag, and the answering fragment
    synchronized Opened restart(StreamSession session, String fragment) {
        return switch (relay.restart(session.leg(), fragment)) {
            case Negotiation.Accepted accepted -> {
                var next = session.restarted(secrets.id());
                sessions.replace(session.id(), next);
                yield new Opened(next, accepted.answer());
            }
            case Negotiation.Refused(var code, var detail) -> throw refused(code, detail);
        };
    }

    /// Ended by its peer, by us, or because its network is gone. Twice is harmless.
    void end(String id) {
        @Nullable StreamSession session = sessions.remove(id);
        if (session == null) {
            return;
        }
        switch (session.kind()) {
            case PUBLISHES -> {
                lives.stop(session.unit(), session.owner(), "offline");
                presence.streamEnded(session.unit(), session.owner());
                finish(AuditEntry.Kind.PUBLISH_ENDED, session);
            }
            case PLAYS -> {
                lives.unwatchAll(session.owner());
                finish(AuditEntry.Kind.WATCH_ENDED, session);
            }
        }
        legs.drop(session.owner());
    }

    /// The relay lost this one's leg.
    public void lost(SessionId owner) {
        sessions.values().stream()
                .filter(session -> session.owner().equals(owner))
                .forEach(session -> end(session.id()));
    }

    /// A key was revoked: what it opened ends.
    public void endAllOf(String account) {
        sessions.values().stream()
                .filter(session -> session.account().equals(account))
                .forEach(session -> end(session.id()));
    }

    /// A picture is shown to a room no more: what was opened by that right ends.
    public void endShown(UnitId unit, NodeId guest) {
        sessions.values().stream()
                .filter(session -> session.unit().equals(unit) && guest.equals(session.guest()))
                .forEach(session -> end(session.id()));
    }

    /// An encoder that restarted takes its own place again; somebody else's stays theirs.
    private void makeWay(UnitId unit, String account) {
        Optional<Live> live = lives.of(unit);
        if (live.isEmpty()) {
            return;
        }
        var own =
                sessions.values().stream()
                        .filter(session -> session.owner().equals(live.get().publisher()))
                        .filter(session -> session.account().equals(account))
                        .findFirst()
                        .orElseThrow(() ->
                                new StreamProblem(
                                        HttpStatus.CONFLICT,
                                        "conflict",
                                        "Somebody else publishes this unit."));
        end(own.id());
    }

    private void requireRoom(String account) {
        long open =
                sessions.values().stream()
                        .filter(session -> session.account().equals(account))
                        .count();
        if (open >= maxPerAccount) {
            throw new StreamProblem(
                    HttpStatus.TOO_MANY_REQUESTS,
                    "too-many",
                    "This key holds as many sessions as it may.");
        }
    }

    private Opened open(
            Kind kind,
            UnitId unit,
            String account,
            @Nullable NodeId guest,
            String offer,
            LegPlan plan) {
        var id = secrets.id();
        var leg = new LegId((kind == Kind.PUBLISHES ? "whip-" : "whep-") + id);
        return switch (relay.open(leg, offer, plan)) {
            case Negotiation.Accepted accepted ->
                    new Opened(
                            new StreamSession(
                                    id,
                                    kind,
                                    unit,
                                    new SessionId(leg.value()),
                                    leg,
                                    account,
                                    guest,
                                    secrets.id()),
                            accepted.answer());
            case Negotiation.Refused(var code, var detail) -> throw refused(code, detail);
        };
    }

    /// RFC 9725 §4.2: unreadable is 400, readable but not to be served is 422.
    private static StreamProblem refused(String code, String detail) {
        var status =
                switch (code) {
                    case "sdp-malformed", "sdp-too-long" -> HttpStatus.BAD_REQUEST;
                    case "relay-full" -> HttpStatus.SERVICE_UNAVAILABLE;
                    case "leg-unknown" -> HttpStatus.NOT_FOUND;
                    default -> HttpStatus.UNPROCESSABLE_CONTENT;
                };
        return new StreamProblem(status, code, detail);
    }

    private String home(UnitId unit) {
        return roster.organisation()
                .unit(unit)
                .map(found -> found.node().value())
                .orElse(unit.value());
    }

    private void begin(AuditEntry.Kind kind, StreamSession session) throws RecordUnavailable {
        audit.begin(
                kind,
                session.account(),
                session.unit().value(),
                Map.of("session", session.owner().value()));
    }

    private void finish(AuditEntry.Kind kind, StreamSession session) {
        audit.end(
                kind,
                session.account(),
                session.unit().value(),
                Map.of("session", session.owner().value()));
    }
}
