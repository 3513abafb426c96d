package org.maplebridge.dispatch.recording;

import java.time.Instant;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.UserId;

/// Nothing that was recorded of an incident is forgotten while this stands.
///
/// @param reason a court's file number, a complaint
public record Hold(IncidentId incident, String reason, UserId by, Instant at) {
    public static final int MAX_REASON_CHARS = 500;
}
