package org.maplebridge.signaling.command;

import org.maplebridge.signaling.protocol.ClientFrame;
import org.maplebridge.signaling.scene.Peer;

/// What a session can do with what its client says. All calls of one session come one after the
/// other, on the session's own thread, and may wait for the record.
public interface Commands {
    /// A new session: it becomes visible, and everything it may see is said to it.
    void joined(Peer peer);

    /// @param receivedNanos when the frame came in
    Reply handle(Peer peer, ClientFrame frame, long receivedNanos);

    /// The session is over; nothing of it may stay.
    void left(Peer peer);
}
