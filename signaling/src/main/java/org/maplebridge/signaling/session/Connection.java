package org.maplebridge.signaling.session;

import org.maplebridge.signaling.protocol.CloseCode;

/// One WebSocket as a session sees it. Neither method waits, and neither tells the session of the
/// connection's end before it returns: the caller holds the session's lock.
public interface Connection {
    /// @param written called once when the text left for the network; never called when it failed,
    ///   because then the connection is reported lost
    void send(String text, Runnable written);

    /// Closes after what was sent before.
    void close(CloseCode code);
}
