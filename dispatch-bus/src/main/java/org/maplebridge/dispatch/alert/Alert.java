package org.maplebridge.dispatch.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// One unit's call for help.
///
/// @param group whose call is raised while it is active; absent where the unit is in none
/// @param activeAt when it becomes or became active
/// @param position where the unit was
/// @param version counts the stored changes; a store refuses to overwrite a newer one
public record Alert(
        AlertId id,
        UnitId unit,
        UserId by,
        Severity tier,
        @Nullable GroupId group,
        Phase phase,
        Instant raisedAt,
        Instant activeAt,
        @Nullable GeoPoint position,
        @Nullable Ending ending,
        long version) {
    public enum Phase {
        /// Told to everybody, but can still be taken back as if nothing had happened.
        PENDING,
        ACTIVE,
        /// Taken back before it was active.
        CANCELLED,
        /// Over.
        CLOSED;

        public boolean isOpen() {
            return this == PENDING || this == ACTIVE;
        }
    }

    public record Ending(UserId by, Instant at, @Nullable String reason) {}

    public boolean isOpen() {
        return phase.isOpen();
    }

    Alert activated(Instant at) {
        Instant since = at.isBefore(activeAt) ? at : activeAt;
        return with(Phase.ACTIVE, since, null);
    }

    /// What was pending never happened.
    Alert ended(Ending how) {
        return with(phase == Phase.PENDING ? Phase.CANCELLED : Phase.CLOSED, activeAt, how);
    }

    private Alert with(Phase next, Instant active, @Nullable Ending how) {
        return new Alert(id, unit, by, tier, group, next, raisedAt, active, position, how, version);
    }
}
