package org.maplebridge.signaling.scene;

import org.maplebridge.dispatch.model.CallId;
import org.maplebridge.dispatch.model.SessionId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.media.api.SourceId;

/// How the relay's sources are called. A terminal's sources are its unit's; a room has as many
/// microphones as it has consoles.
///
/// Pure.
public final class Sources {
    private Sources() {}

    public static SourceId camera(UnitId unit) {
        return new SourceId("unit:" + unit + ":camera");
    }

    public static SourceId microphone(UnitId unit) {
        return new SourceId("unit:" + unit + ":mic");
    }

    public static SourceId microphone(Peer peer) {
        return peer.isTerminal() && peer.unit().isPresent()
                ? microphone(peer.unit().get())
                : microphone(peer.session());
    }

    static SourceId microphone(SessionId session) {
        return new SourceId("session:" + session + ":mic");
    }

    public static SourceId channel(CallId call) {
        return new SourceId("call:" + call);
    }
}
