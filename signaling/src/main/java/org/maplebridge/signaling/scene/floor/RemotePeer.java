package org.maplebridge.signaling.scene.floor;

import java.time.Instant;
import java.util.Optional;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.signaling.protocol.CloseCode;
import org.maplebridge.signaling.protocol.ServerMessage;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.security.Caller;

/// Somebody who takes part from another node. Their own node tells them what happens, since it
/// follows the same floor.
public record RemotePeer(
        MemberId member, SessionId session, Caller.Person person, boolean isTerminal, String locale)
        implements Peer {
    /// @return nothing when the record knows no such user
    public static Optional<RemotePeer> known(
            Organisation organisation,
            MemberId member,
            SessionId session,
            UserId user,
            boolean isTerminal,
            String locale) {
        return organisation
                .user(user)
                .flatMap(found ->
                        organisation
                                .role(found.role())
                                .map(role -> new Caller.Person(found, role, "", Instant.MAX)))
                .map(person -> new RemotePeer(member, session, person, isTerminal, locale));
    }

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
