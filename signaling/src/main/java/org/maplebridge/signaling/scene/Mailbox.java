package org.maplebridge.signaling.scene;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what it is given one after the other, on a virtual thread that exists only while there is
/// something to do.
///
/// Thread: any, guarded by this; the tasks themselves run outside the lock.
public final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final String name;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    public Mailbox(String name) {
        this.name = name;
    }

    public synchronized void post(Runnable task) {
        waiting.add(task);
        if (!running) {
            running = true;
            Thread.ofVirtual().name(name).start(this::drain);
        }
    }

    /// Nothing given to this one from now on runs before everything is done that the other one was
    /// given until now. Waits on this one's own thread, never on the caller's.
    public void follow(Mailbox earlier) {
        var done = new CompletableFuture<Void>();
        earlier.post(() -> done.complete(null));
        post(done::join);
    }

    private void drain() {
        for (var task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("{} failed at one task and goes on", name, e);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        var task = waiting.poll();
        running = task != null;
        return task;
    }
}
