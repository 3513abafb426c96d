package org.maplebridge.dispatch.redis;

import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.UnitId;

/// What our keys are called. The braces keep all keys of a county in one slot of a Redis Cluster,
/// since our scripts touch several keys at once.
///
/// Thread: any, immutable.
record Keys(String county) {
    /// Hash: unit → newest position.
    String positions() {
        return prefix() + "positions";
    }

    /// GEO set of the same units.
    String places() {
        return prefix() + "places";
    }

    /// Stream of one unit's points.
    String track(UnitId unit) {
        return prefix() + "track:" + unit.value();
    }

    /// Stream of alarms that nobody has acknowledged.
    String alarms() {
        return prefix() + "alarms";
    }

    /// That an alarm of this id was taken.
    String known(AlarmId alarm) {
        return prefix() + "alarm:" + alarm.value();
    }

    private String prefix() {
        return "maplebridge:{" + county + "}:";
    }
}
