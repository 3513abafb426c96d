package org.maplebridge.dispatch.model;

import java.util.List;

/// A piece of land by its corners; the last one is joined with the first. So small that a straight
/// line in degrees is one on the ground, and nowhere near the antimeridian.
public record GeoArea(List<GeoPoint> corners) {
    public static final int MIN_CORNERS = 3;
    public static final int MAX_CORNERS = 64;

    /// Wider than half the earth is meant to go round the other side.
    private static final double MOST_DEGREES = 180;

    public GeoArea {
        corners = List.copyOf(corners);
        if (!isValid(corners)) {
            throw new IllegalArgumentException("no area: " + corners.size() + " corners");
        }
    }

    /// Asked before an area is built from what somebody sent.
    public static boolean isValid(List<GeoPoint> corners) {
        if (corners.size() < MIN_CORNERS || corners.size() > MAX_CORNERS) {
            return false;
        }
        var degrees = corners.stream().mapToDouble(GeoPoint::longitude).summaryStatistics();
        return degrees.getMax() - degrees.getMin() < MOST_DEGREES;
    }

    /// Even-odd rule: a line from the point to the east crosses the border an odd number of times.
    /// Who stands on the border is inside.
    public boolean contains(GeoPoint point) {
        boolean inside = false;
        var from = corners.getLast();
        for (var to : corners) {
            if (isOn(from, to, point)) {
                return true;
            }
            inside ^= crosses(from, to, point);
            from = to;
        }
        return inside;
    }

    private static boolean crosses(GeoPoint from, GeoPoint to, GeoPoint point) {
        boolean spans = from.latitude() > point.latitude() != to.latitude() > point.latitude();
        if (!spans) {
            return false;
        }
        double share = (point.latitude() - from.latitude()) / (to.latitude() - from.latitude());
        double border = from.longitude() + share * (to.longitude() - from.longitude());
        return point.longitude() < border;
    }

    private static boolean isOn(GeoPoint from, GeoPoint to, GeoPoint point) {
        double cross =
                (to.longitude() - from.longitude()) * (point.latitude() - from.latitude())
                        - (to.latitude() - from.latitude())
                                * (point.longitude() - from.longitude());
        return cross == 0
                && isBetween(from.latitude(), to.latitude(), point.latitude())
                && isBetween(from.longitude(), to.longitude(), point.longitude());
    }

    private static boolean isBetween(double one, double other, double value) {
        return value >= Math.min(one, other) && value <= Math.max(one, other);
    }
}
