package org.maplebridge.signaling.command;

import org.maplebridge.signaling.mediation.Attendant;
import org.maplebridge.signaling.protocol.ClientFrame;

/// What somebody at a mediation's table can do with what their page says: this and nothing else.
/// All calls of one session come one after the other, on the session's own thread.
public interface TableCommands {
    void joined(Attendant who);

    Reply handle(Attendant who, ClientFrame frame);

    void left(Attendant who);
}
