package org.maplebridge.dispatch.model;

/// A place on earth in WGS 84 degrees.
public record GeoPoint(double latitude, double longitude) {
    private static final double EARTH_RADIUS_METRES = 6_371_008.8;

    public GeoPoint {
        if (!isOnEarth(latitude, longitude)) {
            throw new IllegalArgumentException("not on earth: " + latitude + ", " + longitude);
        }
    }

    public static boolean isOnEarth(double latitude, double longitude) {
        return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }

    /// Great-circle distance; good to 0.5 %, which is enough to say who is nearest.
    public double metresTo(GeoPoint other) {
        double phi1 = Math.toRadians(latitude);
        double phi2 = Math.toRadians(other.latitude);
        double halfPhi = Math.sin((phi2 - phi1) / 2);
        double halfLambda = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double h = halfPhi * halfPhi + Math.cos(phi1) * Math.cos(phi2) * halfLambda * halfLambda;
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
