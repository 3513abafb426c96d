package org.maplebridge.signaling.session;

import org.jspecify.annotations.Nullable;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;

/// Carries the outbox over whichever connection there is, one text at a time, so that a reader who
/// stalls fills the bounded outbox and not the server's memory.
///
/// Thread: any, guarded by this.
final class Delivery {
    private final Outbox outbox;
    private @Nullable Connection connection;
    private @Nullable CloseCode closing;
    private boolean writing;
    private boolean pumping;

    Delivery(Outbox outbox) {
        this.outbox = outbox;
    }

    /// @return false when the client is too far behind for the session to go on
    synchronized boolean say(ServerMessage message) {
        outbox.add(message);
        pump();
        return !outbox.isOverfull();
    }

    synchronized boolean acknowledge(long seq) {
        return outbox.acknowledge(seq);
    }

    /// Begins a session on its first connection.
    synchronized void attach(Connection first) {
        connection = first;
        pump();
    }

    /// Goes on over a new connection with what the client has not seen.
    ///
    /// @return false when the gap cannot be filled; nothing has changed then
    synchronized boolean resume(Connection next, long lastSeq) {
        if (!outbox.rewindTo(lastSeq)) {
            return false;
        }
        if (connection != null) {
            connection.close(CloseCode.TAKEN_OVER);
        }
        connection = next;
        writing = false;
        pump();
        return true;
    }

    /// @return whether `lost` was the present connection
    synchronized boolean detach(Connection lost) {
        if (connection != lost) {
            return false;
        }
        connection = null;
        writing = false;
        return true;
    }

    synchronized boolean isCurrent(Connection asked) {
        return connection == asked;
    }

    synchronized boolean isConnected() {
        return connection != null;
    }

    synchronized void close(CloseCode code) {
        if (connection != null) {
            connection.close(code);
            connection = null;
            writing = false;
        }
    }

    /// Closes as soon as everything said until now left for the network.
    synchronized void closeWhenWritten(CloseCode code) {
        closing = code;
        pump();
    }

    private synchronized void written(Connection by) {
        if (connection == by) {
            writing = false;
            pump();
        }
    }

    /// A connection may say "written" before `send` returns; the loop then goes on here.
    private void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            while (connection != null && !writing) {
                @Nullable String text = outbox.nextToWrite();
                if (text == null) {
                    if (closing != null) {
                        close(closing);
                    }
                    return;
                }
                writing = true;
                Connection to = connection;
                to.send(text, () -> written(to));
            }
        } finally {
            pumping = false;
        }
    }
}
