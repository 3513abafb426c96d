package org.maplebridge.signaling.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.maplebridge.dispatch.model.Datum;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.signaling.map.Ground;
import org.maplebridge.signaling.map.Ground.Feature;
import org.maplebridge.signaling.map.Ground.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A file of ground as map programs write it: a GeoJSON FeatureCollection (RFC 7946). Of its
/// properties only `name` and `kind` are taken; whatever else stands there goes nowhere.
///
/// Thread: one file each, on whichever.
public final class GroundFile {
    private static final JsonMapper JSON = new JsonMapper();

    private final Datum datum;
    private int points;

    private GroundFile(Datum datum) {
        this.datum = datum;
    }

    /// @param datum what the file's degrees are measured from
    /// @throws IllegalArgumentException with a sentence for who brought the file
    public static Ground read(byte[] text, Datum datum) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.path("type").asString("").equals("FeatureCollection")) {
            throw new IllegalArgumentException("is no GeoJSON FeatureCollection");
        }
        var reading = new GroundFile(datum);
        var features = new ArrayList<Feature>();
        for (var feature : json.path("features")) {
            try {
                features.add(reading.feature(feature));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "feature " + (features.size() + 1) + " " + e.getMessage(), e);
            }
        }
        return new Ground(features);
    }

    private Feature feature(JsonNode json) {
        var type = json.path("geometry").path("type").asString("");
        var shape =
                Arrays.stream(Shape.values())
                        .filter(known -> known.type().equals(type))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("is a " + type + ", not known here"));
        var properties = json.path("properties");
        var coordinates = json.path("geometry").path("coordinates");
        return new Feature(
                text(properties, "name"),
                text(properties, "kind"),
                shape,
                list(coordinates, shape.depth()));
    }

    private static String text(JsonNode properties, String field) {
        var text = properties.path(field).asString("").strip();
        return text.length() <= Ground.MAX_NAME_CHARS
                ? text
                : text.substring(0, Ground.MAX_NAME_CHARS);
    }

    private List<?> list(JsonNode json, int depth) {
        if (!json.isArray() || json.isEmpty()) {
            throw new IllegalArgumentException("has coordinates that are none");
        }
        if (depth == 1) {
            return point(json);
        }
        var list = new ArrayList<Object>(json.size());
        json.forEach(part -> list.add(list(part, depth - 1)));
        return list;
    }

    private List<Double> point(JsonNode json) {
        if (json.size() < 2 || !json.path(0).isNumber() || !json.path(1).isNumber()) {
            throw new IllegalArgumentException("has coordinates that are none");
        }
        if (++points > Ground.MOST_POINTS) {
            throw new IllegalArgumentException(
                    "is beyond " + Ground.MOST_POINTS + " points: simplify the file");
        }
        double longitude = json.path(0).asDouble();
        double latitude = json.path(1).asDouble();
        if (!GeoPoint.isOnEarth(latitude, longitude)) {
            throw new IllegalArgumentException("has a place that is not on earth");
        }
        var there = datum.toWgs84(new GeoPoint(latitude, longitude));
        return List.of(there.longitude(), there.latitude());
    }
}
