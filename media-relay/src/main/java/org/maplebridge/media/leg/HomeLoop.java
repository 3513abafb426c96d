package org.maplebridge.media.leg;

import org.maplebridge.media.wire.OutboundBatch;

/// The media loop a leg lives on, as seen by work that was done elsewhere: the DTLS handshake.
@FunctionalInterface
public interface HomeLoop {
    /// Runs `task` soon on the loop, in order. The loop flushes its batch afterwards and looks for
    /// the leg's events. May be called from any thread; a closed loop ignores it.
    void execute(Task task);

    /// Something to do on the loop.
    @FunctionalInterface
    interface Task {
        void run(long nowNanos, OutboundBatch out);
    }
}
