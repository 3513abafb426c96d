package org.maplebridge.signaling.scene.call;

import java.util.List;
import java.util.Optional;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.scene.Speakers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.security.Roster;

/// Whom each side of a private call hears: with a floor the call's conversation, without one the
/// other side's microphone itself, and both microphones are open.
public final class CallVoices {
    private final Conversations conversations;
    private final Tiers tiers;
    private final Legs legs;
    private final Microphones microphones;
    private final Peers peers;
    private final Roster roster;

    public CallVoices(
            Conversations conversations,
            Tiers tiers,
            Legs legs,
            Microphones microphones,
            Peers peers,
            Roster roster) {
        this.conversations = conversations;
        this.tiers = tiers;
        this.legs = legs;
        this.microphones = microphones;
        this.peers = peers;
        this.roster = roster;
    }

    /// Whether one more call would be heard there.
    boolean hasRoom(SessionId session) {
        return legs.hasRoom(session);
    }

    /// Without a floor a call is nothing to who can say nothing.
    boolean lacksMedia(SessionId session, boolean oneAtATime) {
        return !oneAtATime && legs.of(session).isEmpty();
    }

    void enter(Call call, Peer peer) {
        if (call.oneAtATime()) {
            conversations.joinAhead(call.id(), peer, Speakers.of(peer, roster.organisation()));
        } else {
            microphones.permit(peer.session(), Microphones.Reason.CALL, call.id().value());
            otherSide(call, peer.session()).ifPresent(other -> connect(call, peer, other));
        }
    }

    /// A side whose other side is away keeps its slot, and hears whoever comes back for it.
    private void connect(Call call, Peer peer, Peer other) {
        var unused = legs.hearAhead(peer.session(), call.id(), Sources.microphone(other));
        legs.tune(List.of(other.session()), call.id(), Sources.microphone(peer));
    }

    /// Without a floor a side is one device.
    private Optional<Peer> otherSide(Call call, SessionId session) {
        return call.state() instanceof CallState.Open open
                ? open.endOf(session).stream()
                        .flatMap(end -> open.of(end.other()).stream())
                        .findFirst()
                        .flatMap(peers::find)
                : Optional.empty();
    }

    void leave(Call call, SessionId who) {
        if (call.oneAtATime()) {
            conversations.leave(call.id(), who);
        } else {
            microphones.forbid(who, Microphones.Reason.CALL, call.id().value());
            legs.unhear(who, call.id());
        }
    }

    void end(Call call) {
        if (call.oneAtATime()) {
            conversations.end(call.id());
            tiers.forget(call.id());
        }
    }
}
