package org.maplebridge.dispatch.duty;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// Somebody in the field says that they are at a place (签到).
///
/// Pure.
///
/// @param id chosen by the device
/// @param by the account
/// @param node of the account at that time
/// @param place in words
/// @param fix what the device says of its position; absent where it has none
/// @param note empty for none
/// @param at by the device's clock
/// @param receivedAt later where there was no network
public record CheckIn(
        String id,
        UserId by,
        UnitId unit,
        NodeId node,
        String place,
        @Nullable Fix fix,
        String note,
        Instant at,
        Instant receivedAt) {
    public static final int MAX_PLACE_CHARS = 100;
    public static final int MAX_NOTE_CHARS = 250;

    /// Clocks of devices differ by that much.
    private static final Duration AHEAD = Duration.ofMinutes(2);

    /// So long may a device have been without a network.
    private static final Duration BEHIND = Duration.ofDays(3);

    public record Fix(GeoPoint point, int accuracyMetres) {
        public Fix {
            if (accuracyMetres < 0) {
                throw new IllegalArgumentException("less than exact");
            }
        }
    }

    public CheckIn {
        if (!Ids.isValid(id)) {
            throw new IllegalArgumentException("not an id");
        }
        PlainText.require(place, MAX_PLACE_CHARS);
        if (!note.isEmpty()) {
            PlainText.require(note, MAX_NOTE_CHARS);
        }
    }

    /// Whether a device may say so now.
    public static boolean isPlausible(Instant at, Instant now) {
        return !at.isAfter(now.plus(AHEAD)) && !at.isBefore(now.minus(BEHIND));
    }

    /// Whether another one sent under this id says the same.
    public boolean saysTheSameAs(CheckIn other) {
        return by.equals(other.by)
                && place.equals(other.place)
                && note.equals(other.note)
                && at.equals(other.at);
    }
}
