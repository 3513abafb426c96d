package org.maplebridge.signaling.boot.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.GeoArea;
import org.maplebridge.dispatch.model.GeoPoint;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param county south, west, north and east in degrees: where things may be reported from; empty
///   for anywhere
/// @param reportsPerCode of people without an account, for each code within an hour
/// @param reportsPerAddress the same for each address
public record IntakeSettings(
        @DefaultValue List<Double> county,
        @DefaultValue("120") int reportsPerCode,
        @DefaultValue("20") int reportsPerAddress) {
    static final String PREFIX = "maplebridge.intake";

    public IntakeSettings {
        county = List.copyOf(county);
        require(county.isEmpty() || isBox(county), "county is south,west,north,east in degrees");
        require(reportsPerCode >= 1, "reports-per-code must be at least 1");
        require(reportsPerAddress >= 1, "reports-per-address must be at least 1");
    }

    private static boolean isBox(List<Double> sides) {
        return sides.size() == 4
                && sides.get(0) >= -90
                && sides.get(0) < sides.get(2)
                && sides.get(2) <= 90
                && sides.get(1) >= -180
                && sides.get(1) < sides.get(3)
                && sides.get(3) <= 180;
    }

    @Nullable GeoArea area() {
        if (county.isEmpty()) {
            return null;
        }
        double south = county.get(0);
        double west = county.get(1);
        double north = county.get(2);
        double east = county.get(3);
        return new GeoArea(
                List.of(
                        new GeoPoint(south, west),
                        new GeoPoint(south, east),
                        new GeoPoint(north, east),
                        new GeoPoint(north, west)));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(PREFIX + "." + sentence);
        }
    }
}
