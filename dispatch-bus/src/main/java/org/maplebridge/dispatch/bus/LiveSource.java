package org.maplebridge.dispatch.bus;

import java.time.Instant;
import java.util.Map;
import org.maplebridge.dispatch.model.MemberId;
import org.maplebridge.dispatch.model.UnitId;

/// A unit's live stream and the node that receives it.
///
/// @param session what publishes it; a newer one replaces it
/// @param attributes camera, muted, pulledBy and the like, as the signalling needs them
public record LiveSource(
        UnitId unit,
        String session,
        MemberId member,
        Instant since,
        Map<String, String> attributes) {
    public LiveSource {
        attributes = Map.copyOf(attributes);
    }
}
