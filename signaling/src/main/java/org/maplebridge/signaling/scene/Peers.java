package org.maplebridge.signaling.scene;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.security.Roster;

/// The sessions of this node. One that is leaving, or whose place a newer terminal took, is still
/// told what happens but is nobody to call any more.
///
/// Thread: any.
public final class Peers {
    private final Roster roster;
    private final ConcurrentHashMap<SessionId, Peer> bySession = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<UnitId, SessionId> terminals = new ConcurrentHashMap<>();
    private final List<Consumer<Peer>> listeners = new CopyOnWriteArrayList<>();
    private final Set<SessionId> leaving = ConcurrentHashMap.newKeySet();

    public Peers(Roster roster) {
        this.roster = roster;
    }

    /// @param told of everybody who comes from now on; must not wait
    public void onComing(Consumer<Peer> told) {
        listeners.add(told);
    }

    public void add(Peer peer) {
        bySession.put(peer.session(), peer);
        if (peer.isTerminal() && peer.unit().isPresent()) {
            @Nullable SessionId former = terminals.put(peer.unit().get(), peer.session());
            Optional.ofNullable(former).flatMap(this::find).ifPresent(this::leaves);
        }
        listeners.forEach(listener -> listener.accept(peer));
    }

    /// Said first of all when a session ends: nothing may begin with it while it is taken down.
    public void leaves(Peer peer) {
        leaving.add(peer.session());
        peer.unit().ifPresent(unit -> terminals.remove(unit, peer.session()));
        if (!bySession.containsKey(peer.session())) {
            leaving.remove(peer.session()); // it was faster
        }
    }

    public void remove(Peer peer) {
        peer.unit().ifPresent(unit -> terminals.remove(unit, peer.session()));
        bySession.remove(peer.session(), peer);
        leaving.remove(peer.session());
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
        return where(peer -> isThere(peer, unit));
    }

    /// The one device that is this unit, if it is connected.
    public List<Peer> terminalsOf(UnitId unit) {
        return where(peer -> peer.isTerminal() && isThere(peer, unit));
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

    private boolean isThere(Peer peer, UnitId unit) {
        return peer.unit().filter(unit::equals).isPresent() && !leaving.contains(peer.session());
    }
}
