package org.maplebridge.dispatch.redis;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.telemetry.Position;

/// A position as one line of text: version, milliseconds, latitude and longitude in 10⁻⁷ degrees,
/// accuracy in centimetres or `-`. Numbers in text, so that a person at a prompt can read it.
///
/// Pure.
final class PositionText {
    /// A terminal's clock may be a little ahead; what is more so was not written by us, and would
    /// keep newer positions out for ever.
    static final long AHEAD_MILLIS = 120_000;

    private static final double PARTS_OF_DEGREE = 1e7;
    private static final double MOST_ACCURACY_METRES = 100_000;

    /// No number longer than a long or an int bears.
    private static final Pattern LINE =
            Pattern.compile("1,([0-9]{1,15}),(-?[0-9]{1,9}),(-?[0-9]{1,10}),(-|[0-9]{1,8})");

    private PositionText() {}

    static String of(Position position) {
        var point = position.point();
        @Nullable Double accuracy = position.accuracyMetres();
        return "1,"
                + position.at().toEpochMilli()
                + ','
                + Math.round(point.latitude() * PARTS_OF_DEGREE)
                + ','
                + Math.round(point.longitude() * PARTS_OF_DEGREE)
                + ','
                + (accuracy == null ? "-" : centimetres(accuracy));
    }

    /// @return nothing for what cannot be a position of ours
    static Optional<Position> read(UnitId unit, @Nullable String line, long nowMillis) {
        if (line == null) {
            return Optional.empty();
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            return Optional.empty();
        }
        long atMillis = Long.parseLong(parts.group(1));
        double latitude = Long.parseLong(parts.group(2)) / PARTS_OF_DEGREE;
        double longitude = Long.parseLong(parts.group(3)) / PARTS_OF_DEGREE;
        if (atMillis > nowMillis + AHEAD_MILLIS
                || Math.abs(latitude) > 90
                || Math.abs(longitude) > 180) {
            return Optional.empty();
        }
        String accuracy = parts.group(4);
        return Optional.of(
                new Position(
                        unit,
                        new GeoPoint(latitude, longitude),
                        accuracy.equals("-") ? null : Long.parseLong(accuracy) / 100.0,
                        Instant.ofEpochMilli(atMillis)));
    }

    private static long centimetres(double metres) {
        return Math.round(Math.clamp(metres, 0, MOST_ACCURACY_METRES) * 100);
    }
}
