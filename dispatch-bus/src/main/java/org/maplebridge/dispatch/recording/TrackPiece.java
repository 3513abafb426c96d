package org.maplebridge.dispatch.recording;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.UnitId;

/// A part of the way that a unit took, as it is kept and as it is told: some ten characters for
/// each second of driving.
///
/// @param from,until when its first and its last point were, to a millisecond
/// @param points each as milliseconds, latitude and longitude in millionths of a degree, with
///   commas between; the first counted from `from` and zero, the others from the one before; with
///   spaces between them
public record TrackPiece(UnitId unit, Instant from, Instant until, String points) {
    /// Ten minutes at one point a second have some 7,000.
    public static final int MAX_CHARS = 100_000;

    /// So many points never need more room than that.
    public static final int MOST_POINTS = 2_500;

    private static final double PARTS_OF_DEGREE = 1e6;

    /// Where a unit was at one moment (WGS 84).
    public record Point(Instant at, GeoPoint place) {}

    public TrackPiece {
        if (until.isBefore(from) || points.length() > MAX_CHARS) {
            throw new IllegalArgumentException("no piece of a track");
        }
    }

    /// @param points at least one, in their order
    public static TrackPiece of(UnitId unit, List<Point> points) {
        if (points.isEmpty() || points.size() > MOST_POINTS) {
            throw new IllegalArgumentException(points.size() + " points");
        }
        var text = new StringBuilder(points.size() * 12);
        long atMillis = points.getFirst().at().toEpochMilli();
        long latitude = 0;
        long longitude = 0;
        var from = Instant.ofEpochMilli(atMillis);
        for (Point point : points) {
            long millis = point.at().toEpochMilli();
            long north = Math.round(point.place().latitude() * PARTS_OF_DEGREE);
            long east = Math.round(point.place().longitude() * PARTS_OF_DEGREE);
            text.append(text.isEmpty() ? "" : " ")
                    .append(millis - atMillis)
                    .append(',')
                    .append(north - latitude)
                    .append(',')
                    .append(east - longitude);
            atMillis = millis;
            latitude = north;
            longitude = east;
        }
        return new TrackPiece(unit, from, Instant.ofEpochMilli(atMillis), text.toString());
    }

    /// What was written by [#of].
    public List<Point> read() {
        var found = new ArrayList<Point>();
        long atMillis = from.toEpochMilli();
        long latitude = 0;
        long longitude = 0;
        for (String point : points.split(" ", -1)) {
            String[] parts = point.split(",", -1);
            atMillis += Long.parseLong(parts[0]);
            latitude += Long.parseLong(parts[1]);
            longitude += Long.parseLong(parts[2]);
            found.add(
                    new Point(
                            Instant.ofEpochMilli(atMillis),
                            new GeoPoint(latitude / PARTS_OF_DEGREE, longitude / PARTS_OF_DEGREE)));
        }
        return found;
    }
}
