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

    /// Who somebody is, and where, in a line that [#read] understands.
    ///
    /// @param self where those are who are here
    public static String line(Peer peer, MemberId self) {
        var member = peer instanceof RemotePeer remote ? remote.member() : self;
        return String.join(
                " ",
                member.value(),
                peer.session().value(),
                peer.person().user().id().value(),
                Boolean.toString(peer.isTerminal()),
                peer.locale());
    }

    /// @return nothing when that cannot be read, or the record knows no such user
    public static Optional<RemotePeer> read(String line, Organisation organisation) {
        var words = line.split(" ", 5);
        try {
            return words.length == 5
                    ? known(
                            organisation,
                            new MemberId(words[0]),
                            new SessionId(words[1]),
                            new UserId(words[2]),
                            Boolean.parseBoolean(words[3]),
                            words[4])
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
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
