package org.maplebridge.signaling.session;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage.NodeNews.SessionMove;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.node.NodeBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties this node: asks its sessions one after the other to go on elsewhere, and closes at the
/// deadline on who is still here. Until the node stops it can all be taken back.
///
/// Thread: any, guarded by this.
public final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    public enum Outcome {
        DONE,
        ALREADY,
        NOT_DRAINING,
        /// No other node is up.
        NOWHERE_TO_GO
    }

    /// @param draining whether this node wants to be left
    /// @param sessions still here
    /// @param secondsLeft until the deadline
    public record Progress(boolean draining, int sessions, long secondsLeft) {}

    private final Sessions sessions;
    private final NodeBoard nodes;
    private final Microphones microphones;
    private final Consumer<Boolean> onChange;
    private final LongSupplier nanoClock;
    private @Nullable DrainPlan plan;
    private long deadlineNanos;

    /// @param onChange hears whether this node wants to be left
    public Drain(
            Sessions sessions,
            NodeBoard nodes,
            Microphones microphones,
            Consumer<Boolean> onChange,
            LongSupplier nanoClock) {
        this.sessions = sessions;
        this.nodes = nodes;
        this.microphones = microphones;
        this.onChange = onChange;
        this.nanoClock = nanoClock;
    }

    public synchronized Outcome begin(int seconds) {
        if (plan != null) {
            return Outcome.ALREADY;
        }
        if (nodes.others().isEmpty()) {
            return Outcome.NOWHERE_TO_GO;
        }
        long now = nanoClock.getAsLong();
        deadlineNanos = now + TimeUnit.SECONDS.toNanos(seconds);
        plan = new DrainPlan(now, deadlineNanos);
        LOG.info("draining: {} sessions, {} s", sessions.count(), seconds);
        nodes.drains(true);
        onChange.accept(true);
        return Outcome.DONE;
    }

    /// Who is still here stays.
    public synchronized Outcome undo() {
        if (plan == null) {
            return Outcome.NOT_DRAINING;
        }
        plan = null;
        sessions.admit(true);
        LOG.info("draining no more: {} sessions stay", sessions.count());
        nodes.drains(false);
        onChange.accept(false);
        return Outcome.DONE;
    }

    public synchronized Progress progress() {
        long left = deadlineNanos - nanoClock.getAsLong();
        return new Progress(
                plan != null,
                sessions.count(),
                plan == null ? 0 : Math.max(0, TimeUnit.NANOSECONDS.toSeconds(left)));
    }

    /// Asked several times a second.
    public synchronized void round() {
        @Nullable DrainPlan running = plan;
        if (running == null) {
            return;
        }
        long now = nanoClock.getAsLong();
        if (running.isOver(now)) {
            sessions.admit(false);
            sessions.all().forEach(session -> session.end(CloseCode.GOING_AWAY));
            return;
        }
        var others = nodes.others();
        if (others.isEmpty()) {
            return; // the last one left, too: whoever is here stays until the deadline
        }
        var here =
                sessions.all().stream()
                        .map(session ->
                                new DrainPlan.Guest(
                                        session.session(),
                                        microphones.isTalking(session.session())))
                        .toList();
        var due = running.due(here, now);
        var move = new SessionMove(others);
        sessions.all().stream()
                .filter(session -> due.contains(session.session()))
                .forEach(session -> session.send(move));
    }
}
