package org.maplebridge.signaling.scene.call;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.signaling.scene.Peers;

/// What becomes of a call for the devices of this node: they are told, and hear it.
///
/// Thread: guarded by [Calls].
final class CallTeller {
    private final Peers peers;
    private final CallVoices voices;

    CallTeller(Peers peers, CallVoices voices) {
        this.peers = peers;
        this.voices = voices;
    }

    boolean isHere(SessionId who) {
        return peers.find(who).isPresent();
    }

    /// @param answered gets its news as the answer to its request
    void rings(Call call, SessionId to, @Nullable SessionId answered) {
        if (!to.equals(answered)) {
            peers.find(to).ifPresent(peer -> call.news(peer, null).ifPresent(peer::send));
        }
    }

    /// @param answered gets its news as the answer to its request
    void opened(Call call, SessionId to, @Nullable SessionId answered) {
        rings(call, to, answered);
        peers.find(to).ifPresent(peer -> voices.enter(call, peer));
    }

    void closed(Call call, SessionId to, Call.Ending ending) {
        voices.leave(call, to);
        peers.find(to).ifPresent(peer -> peer.send(call.closed(ending)));
    }

    /// All that changed is told.
    void settled(Call call) {
        if (call.isOver()) {
            voices.end(call);
        } else {
            voices.align(call);
        }
    }
}
