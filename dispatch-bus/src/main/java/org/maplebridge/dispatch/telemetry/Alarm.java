package org.maplebridge.dispatch.telemetry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.PlainText;

/// What somebody or something outside reports: a citizen, the emergency number, a smoke sensor.
///
/// @param id chosen by who reports it; the same one again is the same alarm
/// @param source which door it came through, an id
/// @param kind what it is about in the source's words, an id
public record Alarm(
        AlarmId id, String source, String kind, String text, @Nullable GeoPoint place, Instant at) {
    public static final int MAX_TEXT_CHARS = 1_000;

    public Alarm {
        if (!Ids.isValid(source) || !Ids.isValid(kind)) {
            throw new IllegalArgumentException("source and kind of an alarm are ids");
        }
        PlainText.require(text, MAX_TEXT_CHARS);
    }
}
