package org.maplebridge.signaling.command;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.BurstId;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.burst.MissedBursts;
import org.maplebridge.signaling.protocol.ClientMessage.BurstMessage;
import org.maplebridge.signaling.protocol.ClientMessage.BurstMessage.BurstHeard;
import org.maplebridge.signaling.protocol.Refusal;
import org.maplebridge.signaling.protocol.RefusalCode;
import org.maplebridge.signaling.scene.Peer;

/// Catching up with what was missed.
public final class BurstHandler {
    private final MissedBursts missed;

    public BurstHandler(MissedBursts missed) {
        this.missed = missed;
    }

    Reply handle(Peer peer, BurstMessage message) throws RecordUnavailable {
        return switch (message) {
            case BurstHeard heard -> heard(peer, heard);
        };
    }

    /// What is not there, or was never missed, is no fault: it may have been forgotten meanwhile.
    private Reply heard(Peer peer, BurstHeard heard) throws RecordUnavailable {
        @Nullable UnitId unit = peer.unit().orElse(null);
        if (unit == null) {
            return Reply.refuse(RefusalCode.NOT_ALLOWED, "This account is no unit.");
        }
        var bursts = new ArrayList<BurstId>();
        for (var id : heard.bursts()) {
            if (!Ids.isValid(id)) {
                return new Reply.Refused(
                        Refusal.field(RefusalCode.MALFORMED, "bursts", "Not an id."));
            }
            bursts.add(new BurstId(id));
        }
        missed.markHeard(unit, bursts);
        return Reply.DONE;
    }
}
