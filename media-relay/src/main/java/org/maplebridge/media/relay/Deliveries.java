package org.maplebridge.media.relay;

import org.jspecify.annotations.Nullable;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;
import org.maplebridge.media.api.SourceId;
import org.maplebridge.media.forward.FanOut;
import org.maplebridge.media.forward.Line;
import org.maplebridge.media.forward.Slot;
import org.maplebridge.media.leg.Leg;
import org.maplebridge.media.wire.OutboundBatch;

/// What follows when a slot got something: the first picture or word of something new is told, and
/// a report goes along. Made once, and lent the call's time and batch, so that nothing is made per
/// packet.
///
/// Thread: its media loop.
final class Deliveries implements FanOut.Listener {
    private final RelayEvents events;
    private long nowNanos;
    private @Nullable OutboundBatch out;

    Deliveries(RelayEvents events) {
        this.events = events;
    }

    /// What is delivered until [#end] goes out with this batch.
    Deliveries begin(OutboundBatch batch, long now) {
        out = batch;
        nowNanos = now;
        return this;
    }

    void end() {
        out = null;
    }

    @Override
    public void delivered(Slot slot) {
        OutboundBatch into = out;
        if (into != null && slot.exit() instanceof Leg leg) {
            tellStart(slot, leg);
            if (slot.reportDue(nowNanos)) {
                leg.report(nowNanos, into);
            }
        }
    }

    void tellStart(Slot slot, Leg leg) {
        Line line = slot.line();
        if (slot.takeStarted() && line != null) {
            SourceId all = leg.shows(slot);
            SourceId source = all == null ? line.id() : all;
            events.on(new RelayEvent.SlotStarted(leg.id(), slot.mid(), source));
        }
    }
}
