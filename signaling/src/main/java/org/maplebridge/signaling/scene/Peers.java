package org.maplebridge.signaling.scene;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.security.Roster;

/// The sessions of this node.
///
/// Thread: any.
public final class Peers {
    private final Roster roster;
    private final ConcurrentHashMap<SessionId, Peer> bySession = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UnitId, SessionId> terminals = new ConcurrentHashMap<>();

    public Peers(Roster roster) {
        this.roster = roster;
    }

    public void add(Peer peer) {
        bySession.put(peer.session(), peer);
        if (peer.isTerminal()) {
            peer.unit().ifPresent(unit -> terminals.put(unit, peer.session()));
        }
    }

    public void remove(Peer peer) {
        peer.unit().ifPresent(unit -> terminals.remove(unit, peer.session()));
        bySession.remove(peer.session(), peer);
    }

    public Optional<Peer> find(SessionId session) {
        return Optional.ofNullable(bySession.get(session));
    }

    public Collection<Peer> all() {
        return bySession.values();
    }

    /// All devices of the unit. A terminal that another one has taken over from, and that is about
    /// to end, is none any more.
    public List<Peer> ofUnit(UnitId unit) {
        return where(peer ->
                peer.unit().filter(unit::equals).isPresent()
                        && (!peer.isTerminal() || peer.session().equals(terminals.get(unit))));
    }

    /// The one device that is this unit, if it is connected.
    public List<Peer> terminalsOf(UnitId unit) {
        return ofUnit(unit).stream().filter(Peer::isTerminal).toList();
    }

    /// Tells everybody who sees this aspect of the unit, in their own language.
    public void tellWhoSees(UnitId unit, Aspect aspect, Function<Peer, ServerMessage> message) {
        var visibility = roster.visibility();
        for (var peer : bySession.values()) {
            if (visibility.seesUnit(peer.person().user(), unit, aspect)) {
                peer.send(message.apply(peer));
            }
        }
    }

    public List<Peer> where(Predicate<Peer> wanted) {
        return bySession.values().stream().filter(wanted).toList();
    }
}
