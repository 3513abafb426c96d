package org.maplebridge.dispatch.alert;

import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.AlertId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.GroupId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// What somebody says who calls for help.
///
/// @param id chosen by the sender, so that it may be said again
public record Cry(
        AlertId id,
        UnitId unit,
        UserId by,
        Severity tier,
        @Nullable GroupId group,
        @Nullable GeoPoint position) {}
