package org.maplebridge.signaling.scene.call;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.call.CallState;
import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.signaling.scene.Elsewhere;
import org.maplebridge.signaling.scene.Legs;
import org.maplebridge.signaling.scene.Microphones;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.Sources;
import org.maplebridge.signaling.scene.Speakers;
import org.maplebridge.signaling.scene.floor.Conversations;
import org.maplebridge.signaling.scene.floor.RemotePeer;
import org.maplebridge.signaling.security.Roster;

/// Whom each side of a private call hears: with a floor the call's conversation, without one the
/// other side's microphone itself, from whatever node, and both microphones are open.
///
/// Thread: guarded by [Calls].
public final class CallVoices {
    /// The other side's microphone on its way here from another node.
    ///
    /// @param here how it is called on this one
    private record Brought(MemberId node, SourceId source, SourceId here) {
        boolean is(MemberId otherNode, SourceId other) {
            return node.equals(otherNode) && source.equals(other);
        }
    }

    private final Conversations conversations;
    private final Tiers tiers;
    private final Legs legs;
    private final Elsewhere elsewhere;
    private final Microphones microphones;
    private final Peers peers;
    private final Roster roster;
    private final Map<CallId, Brought> brought = new HashMap<>();

    public CallVoices(
            Conversations conversations,
            Tiers tiers,
            Legs legs,
            Elsewhere elsewhere,
            Microphones microphones,
            Peers peers,
            Roster roster) {
        this.conversations = conversations;
        this.tiers = tiers;
        this.legs = legs;
        this.elsewhere = elsewhere;
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

    /// Whoever came in at another node is heard by who is here.
    void align(Call call) {
        if (!call.oneAtATime() && call.isOpen()) {
            for (var who : call.here()) {
                peers.find(who)
                        .ifPresent(peer ->
                                otherSide(call, who)
                                        .filter(other -> !other.isHere())
                                        .ifPresent(other -> connect(call, peer, other)));
            }
        }
    }

    /// What is heard from that node comes another way now.
    void rerouted(Call call, MemberId node) {
        @Nullable Brought before = brought.get(call.id());
        if (before == null || before.node().equals(node)) {
            brought.remove(call.id());
            align(call);
            if (before != null) {
                elsewhere.unwant(before.node(), before.source()); // wanted again by now
            }
        }
    }

    /// A side whose other side is away keeps its slot, and hears whoever comes back for it.
    private void connect(Call call, Peer peer, Peer other) {
        var unused = legs.hearAhead(peer.session(), call.id(), microphone(call, other));
        if (other.isHere()) {
            legs.tune(List.of(other.session()), call.id(), Sources.microphone(peer));
        }
    }

    /// How the other side's microphone is called here.
    private SourceId microphone(Call call, Peer other) {
        var source = Sources.microphone(other);
        if (!(other instanceof RemotePeer remote)) {
            return source;
        }
        @Nullable Brought before = brought.get(call.id());
        if (before != null && before.is(remote.member(), source)) {
            return before.here();
        }
        letGo(call.id());
        Optional<SourceId> here = elsewhere.want(remote.member(), source, false);
        here.ifPresent(id -> brought.put(call.id(), new Brought(remote.member(), source, id)));
        return here.orElse(source); // the link carries no more: nothing is heard
    }

    private void letGo(CallId call) {
        @Nullable Brought before = brought.remove(call);
        if (before != null) {
            elsewhere.unwant(before.node(), before.source());
        }
    }

    /// Without a floor a side is one device.
    private Optional<Peer> otherSide(Call call, SessionId session) {
        return call.state() instanceof CallState.Open open
                ? open.endOf(session).stream()
                        .flatMap(end -> open.of(end.other()).stream())
                        .findFirst()
                        .flatMap(who -> find(call, who))
                : Optional.empty();
    }

    private Optional<Peer> find(Call call, SessionId who) {
        @Nullable Peer remote = call.elsewhere().get(who);
        return remote == null ? peers.find(who) : Optional.of(remote);
    }

    void leave(Call call, SessionId who) {
        if (call.oneAtATime()) {
            conversations.leave(call.id(), who);
        } else {
            microphones.forbid(who, Microphones.Reason.CALL, call.id().value());
            legs.unhear(who, call.id());
            letGo(call.id());
        }
    }

    void end(Call call) {
        if (call.oneAtATime()) {
            conversations.end(call.id());
            tiers.forget(call.id());
        }
    }
}
