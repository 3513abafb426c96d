package org.maplebridge.dispatch.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.CallbackId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A unit's wish to be called by another one when it has time.
///
/// @param asked who is to call
/// @param by who wants to be called, and what they speak as
/// @param doneBy absent while it is open
public record Callback(
        CallbackId id,
        UnitId asked,
        UnitId from,
        UserId by,
        @Nullable String note,
        Instant at,
        @Nullable UserId doneBy,
        @Nullable Instant doneAt) {
    /// More open wishes than this nobody works through.
    public static final int MOST_OPEN = 100;

    public static Callback ask(
            CallbackId id,
            UnitId asked,
            UnitId from,
            UserId by,
            @Nullable String note,
            Instant at) {
        return new Callback(id, asked, from, by, note, at, null, null);
    }

    public boolean isOpen() {
        return doneAt == null;
    }

    /// Both units see it, and either may say that it is done.
    public boolean concerns(UnitId unit) {
        return unit.equals(asked) || unit.equals(from);
    }

    /// The same wish again, as after a lost connection.
    public boolean isRepeatedBy(Callback other) {
        return id.equals(other.id) && asked.equals(other.asked) && from.equals(other.from);
    }
}
