package org.maplebridge.signaling.scene;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveAnswered;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.LiveAsked;
import org.maplebridge.signaling.protocol.ServerMessage.LiveNews.Outcome;

/// Who asked which unit for its live picture and has no answer yet. An ask waits at the node where
/// the unit's terminal is; the asker may sit at another one.
///
/// Thread: any, guarded by this.
public final class LiveAsks {
    /// A driver needs a moment; a dispatcher does not wait longer.
    private static final long ANSWER_SECONDS = 60;

    private static final int MAX_OPEN = 10_000;

    /// @param by name as the terminal shows it
    public record Ask(String id, SessionId asker, String by, UnitId unit, boolean pull) {}

    /// The way to terminals of other nodes.
    public interface Post {
        /// @return false when the unit's terminal is on no other node
        default boolean forward(Ask ask) {
            return false;
        }

        /// To where the asker sits, who is not here.
        default void answer(Ask ask, Outcome outcome, @Nullable String reason) {}
    }

    private final Peers peers;
    private final ScheduledExecutorService timer;
    private final Map<String, Ask> open = new HashMap<>();
    private volatile Post post = new Post() {};

    public LiveAsks(Peers peers, ScheduledExecutorService timer) {
        this.peers = peers;
        this.timer = timer;
    }

    void postBy(Post way) {
        post = way;
    }

    /// @return false when no terminal of the unit is connected, or too many asks are open
    public boolean ask(Ask ask) {
        return askHere(ask) || post.forward(ask);
    }

    /// @return false when no terminal of the unit is connected here, or too many asks are open
    synchronized boolean askHere(Ask ask) {
        List<Peer> terminals = peers.terminalsOf(ask.unit());
        if (terminals.isEmpty() || open.size() >= MAX_OPEN) {
            return false;
        }
        if (open.putIfAbsent(ask.id(), ask) == null) {
            var unused = timer.schedule(() -> expire(ask), ANSWER_SECONDS, TimeUnit.SECONDS);
        }
        for (var terminal : terminals) {
            terminal.send(new LiveAsked(ask.id(), ask.by(), ask.pull()));
        }
        return true;
    }

    /// @param unit who answers: only the one that was asked can
    public synchronized Optional<Ask> answer(
            String id, UnitId unit, Outcome outcome, @Nullable String reason) {
        @Nullable Ask ask = open.get(id);
        if (ask == null || !ask.unit().equals(unit)) {
            return Optional.empty();
        }
        open.remove(id);
        tell(ask, outcome, reason);
        return Optional.of(ask);
    }

    /// The unit went live without naming the ask: whoever waits for it is served all the same.
    public synchronized void wentLive(UnitId unit) {
        for (var ask : List.copyOf(open.values())) {
            if (ask.unit().equals(unit)) {
                open.remove(ask.id());
                tell(ask, Outcome.STARTED, null);
            }
        }
    }

    /// A terminal that comes back sees what it was asked meanwhile.
    public synchronized void joined(Peer terminal) {
        for (var ask : open.values()) {
            if (terminal.isTerminal() && terminal.unit().filter(ask.unit()::equals).isPresent()) {
                terminal.send(new LiveAsked(ask.id(), ask.by(), ask.pull()));
            }
        }
    }

    private synchronized void expire(Ask ask) {
        if (open.remove(ask.id(), ask)) {
            tell(ask, Outcome.TIMEOUT, null);
        }
    }

    private void tell(Ask ask, Outcome outcome, @Nullable String reason) {
        if (!tellHere(ask.asker(), ask.id(), ask.unit(), outcome, reason)) {
            post.answer(ask, outcome, reason);
        }
    }

    /// @return false when the asker is not here
    boolean tellHere(
            SessionId asker, String ask, UnitId unit, Outcome outcome, @Nullable String reason) {
        Optional<Peer> peer = peers.find(asker);
        peer.ifPresent(p -> p.send(new LiveAnswered(ask, unit.value(), outcome, reason)));
        return peer.isPresent();
    }
}
