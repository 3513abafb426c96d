package org.maplebridge.signaling.mediation;

import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.security.Caller;

/// One device at a table, as the rest of the server sees it. Stays over a lost WebSocket.
public interface Attendant {
    SessionId session();

    Caller.Participant participant();

    /// Whether it is a telephone: a voice without a page.
    default boolean isTelephone() {
        return false;
    }

    /// BCP 47 tag of the language this one reads.
    String locale();

    /// Never waits. What is said before [#open] follows it.
    void send(ServerMessage message);

    /// Says the first that there is to know.
    void open(ServerMessage first);

    /// Ends the session for good.
    void end(CloseCode code);
}
