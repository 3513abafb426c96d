package org.maplebridge.signaling.scene.floor;

import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Caller;

/// Somebody who takes part from another node. Their own node tells them what happens, since it
/// follows the same floor.
public record RemotePeer(
        MemberId member, SessionId session, Caller.Person person, boolean isTerminal, String locale)
        implements Peer {
    @Override
    public boolean isHere() {
        return false;
    }

    @Override
    public void send(ServerMessage message) {}

    @Override
    public void open(ServerMessage snapshot) {}

    @Override
    public void end(CloseCode code) {}
}
