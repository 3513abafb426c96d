package org.maplebridge.signaling.http.map;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.maplebridge.signaling.map.Ground;
import org.maplebridge.signaling.map.GroundFolder;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The ground of the map, as GeoJSON (RFC 7946), for whoever is signed in.
@RestController
public class GroundController {
    public record Collection(String type, List<Feature> features) {}

    public record Feature(String type, Map<String, String> properties, Geometry geometry) {}

    public record Geometry(String type, List<?> coordinates) {}

    private final GroundFolder folder;

    public GroundController(GroundFolder folder) {
        this.folder = folder;
    }

    @GetMapping("/api/map/ground")
    ResponseEntity<Collection> ground() {
        var features = folder.ground().features().stream().map(GroundController::feature).toList();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePrivate())
                .body(new Collection("FeatureCollection", features));
    }

    private static Feature feature(Ground.Feature feature) {
        return new Feature(
                "Feature",
                Map.of("name", feature.name(), "kind", feature.kind()),
                new Geometry(feature.shape().type(), feature.coordinates()));
    }
}
