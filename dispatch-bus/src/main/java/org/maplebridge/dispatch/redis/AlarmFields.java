package org.maplebridge.dispatch.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.AlarmId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.model.PlainText;
import org.maplebridge.dispatch.telemetry.Alarm;

/// An alarm as the fields of an entry in a stream.
///
/// Pure.
final class AlarmFields {
    private static final String VERSION = "1";
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");
    private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]{1,20})?");

    private AlarmFields() {}

    /// Names and values in turn, as a command takes them.
    static List<String> of(Alarm alarm) {
        var fields = new ArrayList<String>();
        add(fields, "v", VERSION);
        add(fields, "id", alarm.id().value());
        add(fields, "source", alarm.source());
        add(fields, "kind", alarm.kind());
        add(fields, "text", alarm.text());
        add(fields, "at", Long.toString(alarm.at().toEpochMilli()));
        @Nullable GeoPoint place = alarm.place();
        if (place != null) {
            add(fields, "lat", degrees(place.latitude()));
            add(fields, "lon", degrees(place.longitude()));
        }
        return fields;
    }

    /// @return nothing for what cannot be an alarm of ours
    static Optional<Alarm> read(Map<String, String> fields) {
        var id = fields.getOrDefault("id", "");
        var source = fields.getOrDefault("source", "");
        var kind = fields.getOrDefault("kind", "");
        var text = fields.getOrDefault("text", "");
        var at = fields.getOrDefault("at", "");
        boolean ours =
                VERSION.equals(fields.get("v"))
                        && Ids.isValid(id)
                        && Ids.isValid(source)
                        && Ids.isValid(kind)
                        && PlainText.isValid(text, Alarm.MAX_TEXT_CHARS)
                        && MILLIS.matcher(at).matches()
                        && isPlaceOrNone(fields);
        return ours
                ? Optional.of(
                        new Alarm(
                                new AlarmId(id),
                                source,
                                kind,
                                text,
                                place(fields),
                                Instant.ofEpochMilli(Long.parseLong(at))))
                : Optional.empty();
    }

    private static boolean isPlaceOrNone(Map<String, String> fields) {
        @Nullable String latitude = fields.get("lat");
        @Nullable String longitude = fields.get("lon");
        if (latitude == null || longitude == null) {
            return latitude == null && longitude == null;
        }
        return DEGREES.matcher(latitude).matches()
                && DEGREES.matcher(longitude).matches()
                && Math.abs(Double.parseDouble(latitude)) <= 90
                && Math.abs(Double.parseDouble(longitude)) <= 180;
    }

    private static @Nullable GeoPoint place(Map<String, String> fields) {
        @Nullable String latitude = fields.get("lat");
        @Nullable String longitude = fields.get("lon");
        return latitude == null || longitude == null
                ? null
                : new GeoPoint(Double.parseDouble(latitude), Double.parseDouble(longitude));
    }

    /// Locale.ROOT, because a comma is no decimal point to anybody else.
    private static String degrees(double degrees) {
        return String.format(Locale.ROOT, "%.7f", degrees);
    }

    private static void add(List<String> fields, String name, String value) {
        fields.add(name);
        fields.add(value);
    }
}
