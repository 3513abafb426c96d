package org.maplebridge.signaling.scene;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.security.Caller;

/// A console or terminal as the rest of the server sees it. Stays over a lost WebSocket.
public interface Peer {
    /// Who sits where: what has to be the same for a session to be taken up again.
    record Seat(UserId user, boolean terminal) {}

    SessionId session();

    Caller.Person person();

    /// A terminal is the unit; a console only speaks for it.
    boolean isTerminal();

    /// BCP 47 tag of the language this one reads.
    String locale();

    /// Never waits. What is said before [#open] follows the snapshot.
    void send(ServerMessage message);

    /// Says the snapshot, then what was held back meanwhile.
    void open(ServerMessage snapshot);

    /// Ends the session for good.
    void end(CloseCode code);

    /// Whether the session is one of this node. What is sent to another node's is told there.
    default boolean isHere() {
        return true;
    }

    default Optional<UnitId> unit() {
        @Nullable UnitId unit = person().user().unit();
        return Optional.ofNullable(unit);
    }

    default Seat seat() {
        return new Seat(person().user().id(), isTerminal());
    }

    default String name() {
        return person().user().name().in(locale());
    }
}
