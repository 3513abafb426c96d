package org.maplebridge.signaling.scene.node;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.bus.Envelope;
import org.maplebridge.dispatch.bus.Estate;
import org.maplebridge.dispatch.bus.Topic;
import org.maplebridge.dispatch.model.SessionId;

/// Sees to it that a session which has gone on here ends where it was before: when its media have
/// arrived here, so that nothing is silent in between, or when they do not come.
///
/// Thread: any.
public final class Succession {
    /// From the first packet that can flow to the first picture on the screen.
    private static final long SETTLE_MILLIS = 1_000;

    /// A client that opens no media needs no overlap.
    private static final long PATIENCE_MILLIS = 5_000;

    private final DispatchBus bus;
    private final Estates estates;
    private final ScheduledExecutorService timer;
    private final Set<SessionId> waiting = ConcurrentHashMap.newKeySet();

    public Succession(DispatchBus bus, Estates estates, ScheduledExecutorService timer) {
        this.bus = bus;
        this.estates = estates;
        this.timer = timer;
    }

    /// The session has begun in the place of another one.
    public void began(SessionId session) {
        waiting.add(session);
        endSoon(session, PATIENCE_MILLIS);
    }

    /// Its media have arrived.
    public void connected(SessionId session) {
        if (waiting.contains(session)) {
            endSoon(session, SETTLE_MILLIS);
        }
    }

    private void endSoon(SessionId session, long millis) {
        Runnable task =
                () -> {
                    if (waiting.remove(session)) {
                        estates.former(session).ifPresent(this::tell);
                    }
                };
        var unused =
                timer.schedule(() -> Thread.ofVirtual().start(task), millis, TimeUnit.MILLISECONDS);
    }

    private void tell(Estate former) {
        bus.send(
                former.member(),
                Topic.SESSIONS,
                new Envelope(bus.self(), "takenOver", former.session().value(), Map.of()));
    }
}
