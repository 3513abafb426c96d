package org.maplebridge.signaling.map;

import java.util.ArrayList;
import java.util.List;

/// What lies beneath units and incidents: boundaries, roads, waters, stations. WGS 84.
///
/// Pure.
public record Ground(List<Feature> features) {
    /// As much as a page can draw without a graphics card.
    public static final int MOST_POINTS = 200_000;

    public static final int MAX_NAME_CHARS = 60;

    public Ground {
        features = List.copyOf(features);
    }

    /// The shapes of RFC 7946 §3.1 that a map of ground is made of.
    public enum Shape {
        POINT("Point", 1),
        LINE("LineString", 2),
        LINES("MultiLineString", 3),
        AREA("Polygon", 3),
        AREAS("MultiPolygon", 4);

        private final String type;
        private final int depth;

        Shape(String type, int depth) {
            this.type = type;
            this.depth = depth;
        }

        /// As GeoJSON calls it.
        public String type() {
            return type;
        }

        /// How many lists lie around a number.
        public int depth() {
            return depth;
        }
    }

    /// @param name shown where there is room; empty for none
    /// @param kind `boundary`, `road`, `water`, `station` or another word, which is drawn plainly
    /// @param coordinates longitude before latitude, in as many lists as the shape has
    public record Feature(String name, String kind, Shape shape, List<?> coordinates) {
        public Feature {
            coordinates = List.copyOf(coordinates);
        }
    }

    public Ground with(Ground more) {
        var all = new ArrayList<>(features);
        all.addAll(more.features);
        return new Ground(all);
    }
}
