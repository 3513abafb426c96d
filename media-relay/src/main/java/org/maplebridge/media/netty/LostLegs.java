package org.maplebridge.media.netty;

import java.util.Map;
import org.maplebridge.media.api.LegId;
import org.maplebridge.media.api.RelayEvent;
import org.maplebridge.media.api.RelayEvents;

/// Forgets a leg that its loop has lost, before anybody is told of it.
///
/// Thread: the loop.
record LostLegs(MediaLoop loop, Map<LegId, OpenLeg> legs, RelayEvents next) implements RelayEvents {
    @Override
    public void on(RelayEvent event) {
        if (event instanceof RelayEvent.LegLost(LegId leg, String _)) {
            legs.computeIfPresent(leg, (_, open) -> open.home == loop && open.live ? null : open);
        }
        next.on(event);
    }
}
