package org.maplebridge.signaling.scene;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.bus.Connection;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.MembershipChange;
import org.maplebridge.dispatch.bus.Subscription;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.journal.Happening;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.unit.UnitState;
import org.maplebridge.dispatch.unit.UnitStatus;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage.UnitNews;
import org.maplebridge.signaling.scene.node.Estates;
import org.maplebridge.signaling.security.Roster;

/// Which units are there, with whom, and what they say of themselves.
///
/// Every node hears of every change over the bus and keeps the same picture; the registry of the
/// bus is what a node starts from. When a node is gone, so is everybody who was there; nodes that
/// find together again tell each other who is at their place.
///
/// Thread: any; states are replaced as a whole.
public final class Presence implements AutoCloseable {
    private final DispatchBus bus;
    private final Peers peers;
    private final Roster roster;
    private final Estates estates;
    private final Chronicle chronicle;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Mailbox mailbox = new Mailbox("presence");
    private final List<Subscription> subscriptions;
    private final Map<UnitId, UnitState> states = new ConcurrentHashMap<>();
    private final Places places;

    /// Encoders of this node, which take no place.
    private final Map<SessionId, UnitId> encoders = new ConcurrentHashMap<>();

    /// At which node each session is that somebody is there by.
    private final Map<SessionId, MemberId> nodes = new ConcurrentHashMap<>();

    public Presence(
            DispatchBus bus,
            Peers peers,
            Roster roster,
            Estates estates,
            Chronicle chronicle,
            InstantSource clock) {
        this.bus = bus;
        places = new Places(bus.presence());
        this.estates = estates;
        this.peers = peers;
        this.roster = roster;
        this.chronicle = chronicle;
        this.clock = clock;
        startedAt = clock.instant();
        for (var connection : bus.presence().all()) {
            Optional.ofNullable(connection.unit()).ifPresent(unit -> join(unit, connection));
        }
        subscriptions =
                List.of(
                        bus.subscribe(Topic.UNITS, letter -> mailbox.post(() -> hear(letter))),
                        bus.subscribe(Topic.SESSIONS, this::endIfOurs),
                        bus.onMembershipChange(change -> mailbox.post(() -> changed(change))));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
    }

    /// A terminal takes its unit's only place; the session that had it ends.
    public void join(Peer peer) {
        @Nullable UnitId unit = peer.unit().orElse(null);
        var place =
                peer.isTerminal() && unit != null
                        ? "terminal:" + unit
                        : "console:" + peer.session();
        var connection =
                new Connection(
                        place,
                        peer.session(),
                        peer.person().user().id(),
                        unit,
                        bus.self(),
                        clock.instant());
        places.take(connection)
                .filter(former -> !isSucceeded(former, peer))
                .ifPresent(this::tellTakenOver);
        if (unit != null) {
            announce(connection);
            note(JournalKind.UNIT_ONLINE, unit, connection.user(), Map.of());
        }
    }

    /// It is let go of a little later, without a gap.
    private boolean isSucceeded(Connection former, Peer by) {
        return estates.former(by.session())
                .filter(estate -> estate.session().equals(former.session()))
                .isPresent();
    }

    private void announce(Connection connection) {
        Optional.ofNullable(connection.unit())
                .ifPresent(unit ->
                        publish(
                                "joined",
                                unit,
                                Map.of(
                                        "session", connection.session().value(),
                                        "user", connection.user().value())));
    }

    public void leave(Peer peer) {
        @Nullable Connection connection = places.leave(peer.session()).orElse(null);
        @Nullable UnitId unit = connection == null ? null : connection.unit();
        if (connection != null && unit != null) {
            publish("left", unit, Map.of("session", peer.session().value()));
            note(JournalKind.UNIT_OFFLINE, unit, connection.user(), Map.of());
        }
    }

    public void say(Peer peer, UnitId unit, UnitStatus status) {
        publish("status", unit, Map.of("status", status.code()));
        note(
                JournalKind.UNIT_STATUS,
                unit,
                peer.person().user().id(),
                Map.of("status", status.code()));
    }

    /// An encoder publishes for the unit: it is there, though nobody is.
    public void streamBegan(UnitId unit, SessionId session) {
        encoders.put(session, unit);
        publish("joined", unit, Map.of("session", session.value(), "user", "encoder"));
    }

    public void streamEnded(UnitId unit, SessionId session) {
        encoders.remove(session);
        publish("left", unit, Map.of("session", session.value()));
    }

    /// Keeps this node's leases; sessions whose place somebody else took meanwhile end.
    public void renew() {
        places.renew()
                .forEach(lost ->
                        peers.find(lost.session())
                                .ifPresent(peer -> peer.end(CloseCode.TAKEN_OVER)));
    }

    public boolean isOnline(UnitId unit) {
        return state(unit).isOnline();
    }

    public UnitNews.Unit shown(Unit unit, String locale) {
        var state = state(unit.id());
        var people = new ArrayList<String>();
        for (var user : state.people().values().stream().distinct().toList()) {
            roster.organisation()
                    .user(user)
                    .map(User::name)
                    .ifPresent(n -> people.add(n.in(locale)));
        }
        return new UnitNews.Unit(
                unit.id().value(),
                unit.name().in(locale),
                Words.kind(unit.kind()),
                unit.node().value(),
                Words.status(state.status()),
                state.isOnline(),
                state.since(),
                people);
    }

    private UnitState state(UnitId unit) {
        return states.getOrDefault(unit, UnitState.offline(unit, startedAt));
    }

    private void join(UnitId unit, Connection connection) {
        nodes.put(connection.session(), connection.member());
        var before = state(unit);
        states.put(
                unit, before.joined(connection.session(), connection.user(), connection.since()));
    }

    private void changed(MembershipChange change) {
        switch (change) {
            case MembershipChange.Left(var node) -> lost(node);
            case MembershipChange.Merged _ -> {
                places.all().forEach(this::announce);
                encoders.forEach((session, unit) -> streamBegan(unit, session));
            }
            case MembershipChange.Joined _ -> {}
        }
    }

    private void lost(MemberId node) {
        var now = clock.instant();
        for (var state : states.values()) {
            var next = state;
            for (var session : state.people().keySet()) {
                next = node.equals(nodes.get(session)) ? next.left(session, now) : next;
            }
            if (next != state) {
                states.put(next.unit(), next);
                tell(next.unit());
            }
        }
        nodes.values().removeIf(node::equals);
    }

    /// Thread: the mailbox.
    private void hear(Envelope envelope) {
        var id = new UnitId(envelope.subject());
        var before = state(id);
        var fields = new HashMap<>(envelope.fields());
        var now = clock.instant();
        var session = new SessionId(fields.getOrDefault("session", "none"));
        var next =
                switch (envelope.kind()) {
                    case "joined" ->
                            before.joined(
                                    session, new UserId(fields.getOrDefault("user", "none")), now);
                    case "left" -> before.left(session, now);
                    case "status" ->
                            UnitStatus.ofCode(fields.getOrDefault("status", ""))
                                    .map(before::says)
                                    .orElse(before);
                    default -> before;
                };
        switch (envelope.kind()) {
            case "joined" -> nodes.put(session, envelope.from());
            case "left" -> nodes.remove(session);
            default -> {}
        }
        states.put(id, next);
        tell(id);
    }

    /// Also for a unit that has just been added.
    public void tell(UnitId id) {
        roster.organisation()
                .unit(id)
                .ifPresent(unit ->
                        peers.tellWhoSees(
                                id,
                                Aspect.UNITS,
                                peer -> new UnitNews.UnitChanged(shown(unit, peer.locale()))));
    }

    private void tellTakenOver(Connection former) {
        bus.publish(
                Topic.SESSIONS,
                new Envelope(bus.self(), "takenOver", former.session().value(), Map.of()));
    }

    private void endIfOurs(Envelope envelope) {
        peers.find(new SessionId(envelope.subject()))
                .ifPresent(peer -> peer.end(CloseCode.TAKEN_OVER));
    }

    private void publish(String kind, UnitId unit, Map<String, String> fields) {
        bus.publish(Topic.UNITS, new Envelope(bus.self(), kind, unit.value(), fields));
    }

    private void note(JournalKind kind, UnitId unit, UserId actor, Map<String, String> detail) {
        chronicle.note(
                new Happening(
                        clock.instant(), kind, actor, null, List.of(Subject.of(unit)), detail));
    }
}
