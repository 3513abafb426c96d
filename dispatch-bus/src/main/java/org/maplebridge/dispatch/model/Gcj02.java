package org.maplebridge.dispatch.model;

/// GCJ-02 (国测局坐标), as it is known from the maps that are drawn in it; who decreed it has not
/// published it. Good to a metre or two.
///
/// Pure.
final class Gcj02 {
    /// Krasovsky's ellipsoid of 1940.
    private static final double EQUATOR_METRES = 6_378_245;

    private static final double ECCENTRICITY_SQUARED = 0.00669342162296594323;

    /// From here to there and back in steps: each is a hundred times closer.
    private static final int STEPS = 8;

    private Gcj02() {}

    /// Where a place in WGS 84 is drawn.
    static GeoPoint shift(GeoPoint place) {
        if (!isShifted(place)) {
            return place;
        }
        double east = place.longitude() - 105;
        double north = place.latitude() - 35;
        double phi = Math.toRadians(place.latitude());
        double flat = 1 - ECCENTRICITY_SQUARED * Math.sin(phi) * Math.sin(phi);
        double metresPerLatitude =
                Math.toRadians(
                        EQUATOR_METRES * (1 - ECCENTRICITY_SQUARED) / (flat * Math.sqrt(flat)));
        double metresPerLongitude =
                Math.toRadians(EQUATOR_METRES / Math.sqrt(flat) * Math.cos(phi));
        return new GeoPoint(
                place.latitude() + northMetres(east, north) / metresPerLatitude,
                place.longitude() + eastMetres(east, north) / metresPerLongitude);
    }

    /// Where a place that was drawn is in WGS 84.
    static GeoPoint undo(GeoPoint drawn) {
        var guess = drawn;
        for (int step = 0; step < STEPS && isShifted(guess); step++) {
            var shifted = shift(guess);
            guess =
                    new GeoPoint(
                            guess.latitude() + drawn.latitude() - shifted.latitude(),
                            guess.longitude() + drawn.longitude() - shifted.longitude());
        }
        return guess;
    }

    /// The rectangle outside of which nothing is shifted.
    private static boolean isShifted(GeoPoint place) {
        return place.longitude() >= 72.004
                && place.longitude() <= 137.8347
                && place.latitude() >= 0.8293
                && place.latitude() <= 55.8271;
    }

    private static double northMetres(double x, double y) {
        double bend = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y;
        return bend
                + 0.2 * Math.sqrt(Math.abs(x))
                + ripple(x)
                + (wave(20, y) + wave(40, y / 3) + wave(160, y / 12) + wave(320, y / 30)) * 2 / 3;
    }

    private static double eastMetres(double x, double y) {
        double bend = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y;
        return bend
                + 0.1 * Math.sqrt(Math.abs(x))
                + ripple(x)
                + (wave(20, x) + wave(40, x / 3) + wave(150, x / 12) + wave(300, x / 30)) * 2 / 3;
    }

    private static double ripple(double x) {
        return (wave(20, 6 * x) + wave(20, 2 * x)) * 2 / 3;
    }

    private static double wave(double height, double at) {
        return height * Math.sin(at * Math.PI);
    }
}
