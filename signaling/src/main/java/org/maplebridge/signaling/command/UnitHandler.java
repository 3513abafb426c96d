package org.maplebridge.signaling.command;

import org.maplebridge.signaling.protocol.ClientMessage.UnitMessage;
import org.maplebridge.signaling.protocol.ClientMessage.UnitMessage.SetUnitStatus;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;
import org.maplebridge.signaling.scene.Presence;
import org.maplebridge.signaling.scene.Words;

/// What a crew says of itself.
public final class UnitHandler {
    private final Presence presence;

    public UnitHandler(Presence presence) {
        this.presence = presence;
    }

    Reply handle(Peer peer, UnitMessage message) {
        return switch (message) {
            case SetUnitStatus(var status) -> {
                var unit = peer.unit();
                if (unit.isEmpty()) {
                    yield Reply.refuse(RefusalCode.NOT_ALLOWED, "This account is no unit.");
                }
                presence.say(peer, unit.get(), Words.status(status));
                yield Reply.DONE;
            }
        };
    }
}
