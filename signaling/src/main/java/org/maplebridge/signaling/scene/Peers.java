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

    public Peers(Roster roster) {
        this.roster = roster;
    }

    public void add(Peer peer) {
        bySession.put(peer.session(), peer);
    }

    public void remove(Peer peer) {
        bySession.remove(peer.session(), peer);
    }

    public Optional<Peer> find(SessionId session) {
        return Optional.ofNullable(bySession.get(session));
    }

    public Collection<Peer> all() {
        return bySession.values();
    }

    public List<Peer> ofUnit(UnitId unit) {
        return where(peer -> peer.unit().filter(unit::equals).isPresent());
    }

    /// The one device that is this unit, if it is connected.
    public List<Peer> terminalsOf(UnitId unit) {
        return where(peer -> peer.isTerminal() && peer.unit().filter(unit::equals).isPresent());
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
